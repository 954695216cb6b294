package io.quarkiverse.llm.runtime.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProviderSettings;
import io.quarkiverse.llm.LlmProviderSettings.Setting;
import io.quarkiverse.llm.LlmProviders;

/** Providers and their settings as lines for a terminal. */
final class ProviderListing {

    private static final String DEFAULT = "default";

    private final LlmProviders providers;

    ProviderListing(LlmProviders providers) {
        this.providers = providers;
    }

    /** The name as somebody types it. */
    static String shown(String name) {
        return name.equals(LlmClient.DEFAULT) ? DEFAULT : name;
    }

    /** The name that somebody has typed. */
    static String typed(String name) {
        return name.equals(DEFAULT) ? LlmClient.DEFAULT : name;
    }

    /** One line for each provider; the one behind the default has a star. */
    List<String> all() {
        List<List<String>> rows = new ArrayList<>();
        for (String name : providers.names()) {
            Optional<String> active = name.equals(LlmClient.DEFAULT) ? providers.active() : Optional.empty();
            rows.add(active.isPresent() ? List.of(" ", DEFAULT, "is " + active.get()) : row(name));
        }
        return rows.isEmpty() ? List.of("There are no providers.") : columns(rows);
    }

    private List<String> row(String name) {
        LlmProviderSettings settings = providers.settings(name);
        boolean behindDefault = name.equals(providers.active().orElse(LlmClient.DEFAULT));
        List<String> row = new ArrayList<>();
        row.add(behindDefault ? "*" : " ");
        row.add(shown(name));
        row.add(settings.server().orElse("a bean of the application"));
        row.add(settings.find("model").map(Setting::value).orElse(""));
        row.add(changed(settings));
        return row;
    }

    private static String changed(LlmProviderSettings settings) {
        List<String> changed = settings.settings().stream().filter(setting -> setting.source().equals(Configured.CHANGED))
                .map(Setting::key).toList();
        return changed.isEmpty() ? "" : "changed: " + String.join(", ", changed);
    }

    /** One line for each setting of a provider. */
    List<String> settings(String name) {
        LlmProviderSettings settings = providers.settings(name);
        return settings.settings().isEmpty() ? List.of(shown(settings.provider()) + " is a bean of the application.")
                : columns(settings.settings().stream()
                        .map(setting -> List.of(setting.key(), setting.value(), setting.source())).toList());
    }

    private static List<String> columns(List<List<String>> rows) {
        int most = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[most];
        rows.forEach(row -> {
            // what stands last in its row needs no room
            for (int i = 0; i < row.size() - 1; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i)).append(" ".repeat(Math.max(0, widths[i] - row.get(i).length()) + (i == 0 ? 1 : 2)));
        }
        return line.toString().stripTrailing();
    }
}
