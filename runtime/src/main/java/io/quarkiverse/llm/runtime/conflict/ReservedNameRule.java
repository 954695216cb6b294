package io.quarkiverse.llm.runtime.conflict;

import java.util.List;

import io.quarkiverse.llm.runtime.config.ReservedNames;

/** The configuration gives a provider a name that means something else. */
final class ReservedNameRule implements ConflictRule {

    @Override
    public List<Conflict> conflicts(Facts facts) {
        return facts.configuration().resolver().reservedNames().stream()
                .filter(name -> !isMeantForOthers(name, facts.configuration()))
                .map(name -> Conflict.error("reserved-name", name).what(ReservedNames.reason(name))
                        .sides(facts.configuration().claims(name)).mend("Choose another name"))
                .toList();
    }

    /** {@code QUARKUS_LLM_GATEWAY_BASE_URL} is {@code quarkus.llm-gateway.base-url} as well. */
    private static boolean isMeantForOthers(String name, ConfigurationFacts configuration) {
        return ReservedNames.mayBeAnotherKey(name) && configuration.claims(name).stream()
                .allMatch(side -> ConfigurationFacts.isFromEnvironment(configuration.values().get(side.what())));
    }
}
