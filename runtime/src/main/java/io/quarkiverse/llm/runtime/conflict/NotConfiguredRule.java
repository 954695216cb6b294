package io.quarkiverse.llm.runtime.conflict;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.MissingProvider;

/**
 * A provider is injected that the build sees nowhere. The environment of the running application may know it; when it does not,
 * the bean that injects it fails the start.
 */
final class NotConfiguredRule implements ConflictRule {

    @Override
    public List<Conflict> conflicts(Facts facts) {
        if (!facts.building()) {
            return List.of();
        }
        SortedSet<String> missing = new TreeSet<>(facts.application().injected());
        missing.removeAll(facts.names());
        if (facts.configuration().active().isPresent()) {
            missing.remove(LlmClient.DEFAULT);
        }
        return missing.stream().map(name -> Conflict.info("not-configured", Conflict.subject(name))
                .what(MissingProvider.notConfigured(name, facts.names()))
                .outcome("The start fails where nothing configures it").mend("")).toList();
    }
}
