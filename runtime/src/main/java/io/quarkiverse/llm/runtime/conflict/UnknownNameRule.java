package io.quarkiverse.llm.runtime.conflict;

import java.util.List;
import java.util.SortedSet;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.value.NearestName;

/** Settings of a provider that there is not: its name is misspelt, or its base URL is missing. */
final class UnknownNameRule implements ConflictRule {

    @Override
    public List<Conflict> conflicts(Facts facts) {
        SortedSet<String> there = facts.names();
        SortedSet<String> unknown = facts.configuration().resolver().keys();
        unknown.removeAll(there);
        unknown.remove(LlmClient.DEFAULT);
        there.remove(LlmClient.DEFAULT);
        return unknown.stream().map(name -> Conflict.warn("unknown-name", name)
                .what("There are settings for '" + name + "', which has no base-url").sides(keys(name, facts))
                .outcome("They have no effect")
                .mend("Set " + new SettingKey(name, "base-url") + " or " + new SettingKey(name, "preset")
                        + NearestName.question(name, there)))
                .toList();
    }

    private static List<Side> keys(String name, Facts facts) {
        return facts.configuration().values().keySet().stream()
                .filter(key -> key.startsWith(ConfigurationFacts.PREFIX))
                .filter(key -> WrittenKey.of(key).isOf(name, facts.application().settings()))
                .flatMap(key -> facts.configuration().side(key).stream()).toList();
    }
}
