package io.quarkiverse.llm.runtime.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

import io.quarkiverse.llm.LlmClient;

/**
 * Finds settings that have no effect. Computed from names alone, so that build and start can both ask.
 *
 * @param keys of the provider map, without reserved ones
 * @param configured names of the providers that exist by configuration
 * @param beans names of the providers that are beans of the application
 */
public record SettingsDiagnosis(Collection<String> keys, Collection<String> configured, Collection<String> beans) {

    /** One sentence for each finding, in the order of the names. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (String key : new TreeSet<>(keys)) {
            if (configured.contains(key) && beans.contains(key)) {
                warnings.add(SettingKey.subject(key) + " is a bean of the application, so its settings have no effect: remove "
                        + new SettingKey(key, "*") + " or the bean");
            } else if (!key.equals(LlmClient.DEFAULT) && !configured.contains(key) && !beans.contains(key)) {
                warnings.add("There are settings for '" + key + "', which has no base-url: set "
                        + new SettingKey(key, "base-url") + " or " + new SettingKey(key, "preset")
                        + NearestName.question(key, others()));
            }
        }
        return warnings;
    }

    private Collection<String> others() {
        TreeSet<String> others = new TreeSet<>(configured);
        others.addAll(beans);
        others.remove(LlmClient.DEFAULT);
        return others;
    }
}
