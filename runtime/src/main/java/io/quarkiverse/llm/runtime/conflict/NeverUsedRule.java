package io.quarkiverse.llm.runtime.conflict;

import java.util.List;
import java.util.SortedSet;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.SettingKey;

/** A provider is configured that nothing in the application has a hold of. */
final class NeverUsedRule implements ConflictRule {

    @Override
    public List<Conflict> conflicts(Facts facts) {
        if (facts.application().allUsed()) {
            return List.of();
        }
        SortedSet<String> unused = facts.configured();
        unused.removeIf(name -> facts.configuration().claims(name).isEmpty() || isUsed(name, facts));
        return unused.stream().map(name -> Conflict.info("never-used", Conflict.subject(name))
                .what(SettingKey.subject(name) + " is configured, but nothing injects it")
                .sides(facts.configuration().claims(name)).outcome("")
                .mend("Inject it with " + injection(name) + ", or remove its settings"))
                .toList();
    }

    private static boolean isUsed(String name, Facts facts) {
        if (name.equals(LlmClient.DEFAULT)) {
            return facts.application().injected().contains(name) && facts.configuration().active().isEmpty();
        }
        return facts.application().injected().contains(name)
                || facts.configuration().active().filter(name::equals).isPresent();
    }

    private static String injection(String name) {
        return name.equals(LlmClient.DEFAULT) ? "@LlmClient" : "@LlmClient(\"" + name + "\")";
    }
}
