package io.quarkiverse.llm.runtime.conflict;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Looks for conflicts: in the build, when the application starts and whenever its settings change.
 *
 * @param application what the build knows
 * @param registries names of TLS and proxy configurations
 */
public record ConflictCheck(ApplicationFacts application, ConflictPolicy policy, RegistryNames registries,
        List<ConflictRule> rules) {

    public ConflictCheck {
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(registries, "registries");
        rules = List.copyOf(rules);
    }

    /**
     * With the rules of the core.
     *
     * @param more rules of other modules
     */
    public static ConflictCheck of(ApplicationFacts application, ConflictPolicy policy, RegistryNames registries,
            List<ConflictRule> more) {
        return new ConflictCheck(application, policy, registries,
                Stream.concat(ConflictRules.ALL.stream(), more.stream()).toList());
    }

    /** What is visible to the build, which decides only about what no run-time value changes. */
    public ConflictReport ofBuild(ConfigurationFacts configuration) {
        return report(true, configuration);
    }

    /** With the configuration of the running application, as it is now. */
    public ConflictReport of(ConfigurationFacts configuration) {
        return report(false, configuration);
    }

    private ConflictReport report(boolean building, ConfigurationFacts configuration) {
        Facts facts = new Facts(building, application, configuration, registries);
        return new ConflictReport(building, policy,
                rules.stream().flatMap(rule -> rule.conflicts(facts).stream()).toList());
    }
}
