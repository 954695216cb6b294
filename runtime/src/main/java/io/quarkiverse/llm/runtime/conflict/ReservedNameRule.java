package io.quarkiverse.llm.runtime.conflict;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.runtime.config.ReservedNames;

/** The configuration gives a provider a name that means something else. */
final class ReservedNameRule implements ConflictRule {

    @Override
    public List<Conflict> conflicts(Facts facts) {
        return facts.configuration().resolver().reservedNames().stream()
                .flatMap(name -> conflict(name, facts).stream()).toList();
    }

    private static Optional<Conflict> conflict(String name, Facts facts) {
        // a header may be called "preset"
        List<Side> claims = facts.configuration().claims(name).stream()
                .filter(side -> !facts.application().settings().isOfProvider(WrittenKey.of(side.what()).rest())).toList();
        if (claims.isEmpty() || isMeantForOthers(name, claims, facts.configuration())) {
            return Optional.empty();
        }
        String module = ReservedNames.isModule(name) ? ", or write quarkus.llm-" + name + ".* where that is meant" : "";
        return Optional.of(Conflict.error("reserved-name", name).what(ReservedNames.reason(name)).sides(claims)
                .mend("Choose another name" + module));
    }

    /** {@code QUARKUS_LLM_GATEWAY_BASE_URL} is {@code quarkus.llm-gateway.base-url} as well. */
    private static boolean isMeantForOthers(String name, List<Side> claims, ConfigurationFacts configuration) {
        return ReservedNames.mayBeAnotherKey(name) && claims.stream()
                .allMatch(side -> ConfigurationFacts.isFromEnvironment(configuration.values().get(side.what())));
    }
}
