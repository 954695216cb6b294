package io.quarkiverse.llm.runtime.config.preset;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How a server wants things: a value for each {@link Quirk}. Immutable. */
public final class Quirks {

    private final Map<Quirk<?>, Object> values;

    /**
     * @param values a value of its type for each quirk
     */
    Quirks(Map<Quirk<?>, Object> values) {
        this.values = Map.copyOf(values);
        if (!this.values.keySet().containsAll(Quirk.ALL)) {
            throw new IllegalArgumentException("some quirk has no value");
        }
    }

    @SuppressWarnings("unchecked") // with() and the rows of presets put nothing else there
    public <T> T get(Quirk<T> quirk) {
        return (T) values.get(quirk);
    }

    public boolean is(Quirk<Boolean> quirk) {
        return get(quirk);
    }

    /** These quirks but for one. */
    public <T> Quirks with(Quirk<T> quirk, T value) {
        Map<Quirk<?>, Object> changed = new LinkedHashMap<>(values);
        changed.put(quirk, value);
        return new Quirks(changed);
    }

    /**
     * These quirks where the configuration says nothing else.
     *
     * @param includeUsage what it says of {@link Quirk#INCLUDE_USAGE}, which is no key of the others' group
     */
    public Quirks with(QuirksConfig config, Optional<Boolean> includeUsage) {
        Quirks quirks = this;
        for (Quirk<?> quirk : Quirk.ALL) {
            quirks = quirks.withConfigured(quirk, config);
        }
        return includeUsage.isPresent() ? quirks.with(Quirk.INCLUDE_USAGE, includeUsage.get()) : quirks;
    }

    private <T> Quirks withConfigured(Quirk<T> quirk, QuirksConfig config) {
        return quirk.configured(config).map(value -> with(quirk, value)).orElse(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quirks quirks && values.equals(quirks.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
