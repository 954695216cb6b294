package io.quarkiverse.llm.runtime.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.config.SettingKey;

/**
 * What has been changed on top of the configuration. Immutable: each change makes another one.
 *
 * @param active what was activated, {@link LlmClient#DEFAULT} for the default provider's own configuration
 * @param values by provider and key
 */
record Overrides(Optional<String> active, SortedMap<String, SortedMap<String, Override>> values) {

    static final Overrides NONE = new Overrides(Optional.empty(), new TreeMap<>());

    /**
     * A value that was given.
     *
     * @param origin of the server that it was given for
     */
    record Override(Secret value, String origin) {
    }

    Overrides {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    boolean isEmpty() {
        return active.isEmpty() && values.isEmpty();
    }

    Optional<Override> find(String provider, String key) {
        return Optional.ofNullable(of(provider).get(key));
    }

    private SortedMap<String, Override> of(String provider) {
        return values.getOrDefault(provider, Collections.emptySortedMap());
    }

    Overrides withActive(String name) {
        return new Overrides(Optional.of(name), values);
    }

    Overrides with(String provider, String origin, SortedMap<String, Secret> changed) {
        SortedMap<String, Override> ofProvider = new TreeMap<>(of(provider));
        changed.forEach((key, value) -> ofProvider.put(key, new Override(value, origin)));
        SortedMap<String, SortedMap<String, Override>> all = new TreeMap<>(values);
        all.put(provider, Collections.unmodifiableSortedMap(ofProvider));
        return new Overrides(active, all);
    }

    Overrides without(String provider) {
        SortedMap<String, SortedMap<String, Override>> all = new TreeMap<>(values);
        all.remove(provider);
        return new Overrides(provider.equals(LlmClient.DEFAULT) ? Optional.empty() : active, all);
    }

    /** Says which values are kept. */
    interface Filter {

        boolean keeps(String provider, String key, Override override);
    }

    Overrides where(Filter filter) {
        SortedMap<String, SortedMap<String, Override>> all = new TreeMap<>();
        values.forEach((provider, changed) -> {
            SortedMap<String, Override> kept = new TreeMap<>(changed);
            kept.entrySet().removeIf(entry -> !filter.keeps(provider, entry.getKey(), entry.getValue()));
            all.put(provider, Collections.unmodifiableSortedMap(kept));
        });
        return new Overrides(active, all);
    }

    /** All that was changed, as keys of the configuration. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        active.ifPresent(name -> keys.add(SettingKey.ACTIVE));
        values.forEach((provider, changed) -> changed.keySet()
                .forEach(key -> keys.add(new SettingKey(provider, key).property())));
        return keys;
    }
}
