package io.quarkiverse.llm.runtime.config.preset;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.quarkiverse.llm.LlmCapabilities.Support;

/** The table of presets in the documentation, from the data that the code uses. */
final class PresetTable {

    private final StringBuilder page = new StringBuilder();

    private PresetTable() {
    }

    static String asciidoc() {
        PresetTable table = new PresetTable();
        table.line(
                "// Generated from io.quarkiverse.llm.runtime.config.preset.Preset by PresetTableTest, which says how. Do not edit.");
        table.places();
        Stream.of(Preset.values()).forEach(table::preset);
        return table.page.toString();
    }

    private void places() {
        begin("1,2,2,1", "preset", "base URL without a setting", "found by the host", "path without one");
        for (Preset preset : Preset.values()) {
            line("|xref:#preset-" + preset.configName() + "[" + preset.configName() + "]");
            line("|" + preset.baseUrl().map(PresetTable::literal).orElse("none: needs `base-url`"));
            line("|" + (preset.hosts().isEmpty() ? "no"
                    : preset.hosts().stream()
                            .map(host -> literal(host.startsWith(".") ? "*" + host : host)).reduce((a, b) -> a + ", " + b)
                            .get()));
            line("|" + literal(preset.path()));
        }
        end();
    }

    private void preset(Preset preset) {
        line("[[preset-" + preset.configName() + "]]");
        line("== " + preset.configName());
        line("");
        if (preset != Preset.GENERIC) {
            line("As xref:#preset-generic[generic], but for what follows.");
            line("");
        }
        begin("2,2,4", "setting", "value", "source");
        preset.place().ifPresent(fact -> row("base-url", fact));
        if (preset == Preset.GENERIC || !preset.wireApiFact().equals(Preset.GENERIC.wireApiFact())) {
            row("wire-api", preset.wireApiFact());
        }
        preset.quirkFacts().forEach((quirk, fact) -> {
            if (preset == Preset.GENERIC || !fact.equals(Preset.GENERIC.quirkFacts().get(quirk))) {
                row(quirk.member(), fact);
            }
        });
        Map<String, PresetFact> capabilities = new TreeMap<>();
        preset.capabilityFacts().forEach((capability, fact) -> {
            if (preset == Preset.GENERIC || !fact.equals(Preset.GENERIC.capabilityFacts().get(capability))) {
                capabilities.put("capabilities." + capability.name().toLowerCase(Locale.ROOT).replace('_', '-'), fact);
            }
        });
        capabilities.forEach(this::row);
        for (WireApi api : WireApi.values()) {
            preset.repairs(api).ifPresent(fact -> line("|repairs over " + api.title() + "\n|" + fact.value() + "\n|"
                    + fact.source()));
        }
        end();
    }

    private void row(String member, PresetFact fact) {
        String value = fact.value() instanceof Support support
                ? support == Support.YES ? "true" : "false"
                : Quirk.written(fact.value());
        line("|" + literal(member));
        line("|" + literal(value));
        line("|" + fact.source());
    }

    private static String literal(String text) {
        return "`+" + text + "+`";
    }

    private void begin(String columns, String... titles) {
        line("[cols=\"" + columns + "\",options=\"header\"]");
        line("|===");
        line("|" + String.join(" |", titles));
        line("");
    }

    private void end() {
        line("|===");
        line("");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
