package io.quarkiverse.llm.runtime.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProviderChange;
import io.quarkiverse.llm.LlmProviderChange.Cause;
import io.quarkiverse.llm.runtime.config.ProviderKeys;
import io.quarkiverse.llm.runtime.config.SettingNames;

/** What has changed between two times, by the values that providers get. */
record SettingsDiff(LiveSettings before, LiveSettings after, SettingNames names) {

    /** One for each provider of which something has changed. */
    List<LlmProviderChange> changes(Cause cause, Collection<String> providers) {
        List<LlmProviderChange> changes = new ArrayList<>();
        for (String provider : new TreeSet<>(providers)) {
            SortedSet<String> keys = changed(provider);
            if (provider.equals(LlmClient.DEFAULT) && !before.active().equals(after.active())) {
                keys.add("active");
            }
            if (!keys.isEmpty()) {
                changes.add(new LlmProviderChange(provider, cause, keys));
            }
        }
        return changes;
    }

    private SortedSet<String> changed(String provider) {
        Map<String, String> old = values(before, provider);
        Map<String, String> now = values(after, provider);
        SortedSet<String> keys = new TreeSet<>(old.keySet());
        keys.addAll(now.keySet());
        keys.removeIf(key -> Objects.equals(old.get(key), now.get(key)));
        return keys;
    }

    private Map<String, String> values(LiveSettings settings, String provider) {
        Map<String, String> values = new HashMap<>();
        ProviderKeys.of(settings.config(), provider).values(names).forEach((key, value) -> {
            if (!names.isOfServer(key) || !settings.resolver().isWithheld(provider, key)) {
                values.put(key, value.getValue());
            }
        });
        return values;
    }
}
