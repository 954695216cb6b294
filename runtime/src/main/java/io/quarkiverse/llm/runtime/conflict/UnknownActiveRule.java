package io.quarkiverse.llm.runtime.conflict;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.MissingProvider;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.value.NearestName;

/** {@code quarkus.llm.active} names no provider. No other takes its place, since prompts must not go to another server. */
final class UnknownActiveRule implements ConflictRule {

    @Override
    public List<Conflict> conflicts(Facts facts) {
        SortedSet<String> names = facts.names();
        names.remove(LlmClient.DEFAULT);
        return facts.configuration().active().filter(name -> !names.contains(name)).stream()
                .map(name -> Conflict.warn("unknown-active", name).what(MissingProvider.unknownActive(name))
                        .sides(facts.configuration().side(SettingKey.ACTIVE).stream().toList())
                        .outcome("The default provider is not there: no other takes its place")
                        .absent(Set.of(LlmClient.DEFAULT))
                        .mend(mend(name, names)))
                .toList();
    }

    private static String mend(String name, Collection<String> names) {
        String set = new SettingKey(name, "base-url").property();
        return NearestName.of(name, names).stream().findFirst().map(nearest -> "Say '" + nearest + "', or set " + set)
                .orElse("Set " + set);
    }
}
