package io.quarkiverse.llm.runtime.conflict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import io.quarkiverse.llm.runtime.config.value.NamedValue;
import io.quarkiverse.llm.runtime.conflict.NameClaim.Kind;

/** Two extensions bring a provider of the same name, or the configuration says another server than the extension does. */
final class ExtensionClaimsRule implements ConflictRule {

    /** Who goes first among extensions. */
    static final Comparator<NameClaim> FIRST = Comparator.comparing(NameClaim::priority).reversed()
            .thenComparing(NameClaim::source);

    @Override
    public List<Conflict> conflicts(Facts facts) {
        List<Conflict> conflicts = new ArrayList<>();
        SortedSet<String> names = new TreeSet<>();
        facts.application().claims().forEach(claim -> names.add(claim.name()));
        names.removeIf(facts.application()::isBean);
        for (String name : names) {
            List<NameClaim> extensions = facts.application().claims(name, Kind.EXTENSION).sorted(FIRST).toList();
            if (extensions.size() > 1) {
                conflicts.add(among(name, extensions));
            }
            extensions.stream().findFirst()
                    .flatMap(first -> behindConfiguration(name, first, facts.configuration())).ifPresent(conflicts::add);
        }
        return conflicts;
    }

    private static Conflict among(String name, List<NameClaim> extensions) {
        List<Side> sides = extensions.stream().map(NameClaim::side).toList();
        String what = BeanClaimsRule.claimed(name, extensions.size(), "extensions");
        if (extensions.get(0).priority() == extensions.get(1).priority()) {
            return Conflict.error("equal-extensions", Conflict.subject(name)).what(what).sides(sides).decidedByBuild()
                    .outcome("Nothing says which one goes first")
                    .mend("Leave one of the extensions out; their authors can mend it with a priority");
        }
        return Conflict.warn("extension-over-extension", Conflict.subject(name)).what(what).sides(sides).decidedByBuild()
                .outcome("The first one is used: its priority is higher")
                .mend("Leave out the extension that you do not need");
    }

    /** The user may change single settings of a provider, but another server is another provider. */
    private static Optional<Conflict> behindConfiguration(String name, NameClaim extension, ConfigurationFacts configuration) {
        List<Side> other = configuration.claims(name).stream()
                .filter(side -> !isSame(side, name, extension, configuration)).toList();
        if (other.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Conflict.warn("configuration-over-extension", Conflict.subject(name))
                .what(BeanClaimsRule.claimed(name, 2, "configuration and by an extension"))
                .sides(other).side(extension.side())
                .outcome("The configuration is used: it goes before extensions")
                .mend("Choose another name for the configured provider to have both"));
    }

    private static boolean isSame(Side side, String name, NameClaim extension, ConfigurationFacts configuration) {
        if (extension.settings().isEmpty()) {
            return false;
        } else if (side.what().endsWith("base-url")) {
            return configuration.provider(name).baseUrl().equals(Optional.ofNullable(extension.settings().get("base-url")));
        } else if (side.what().endsWith("preset")) {
            String preset = extension.settings().get("preset");
            return preset == null || configuration.provider(name).preset().map(NamedValue::configName)
                    .equals(Optional.of(preset));
        }
        // a key of its own for the same server
        return true;
    }
}
