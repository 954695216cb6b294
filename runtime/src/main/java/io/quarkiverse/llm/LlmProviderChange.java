package io.quarkiverse.llm;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A CDI event: a provider has changed while the application runs. Observed with {@code @Observes} or
 * {@code @ObservesAsync}. It comes after the change: the next request has the new settings. Observers with
 * {@code @Observes} are told in the order of the changes, on the thread of one who made a change; after a file was
 * changed in development mode, on an executor thread. An observer that fails is logged and changes nothing.
 *
 * @param provider the name of the provider
 * @param cause what has made the change
 * @param keys of the settings that have another value now, as after the name of the provider: {@code model};
 *        {@code active} when another provider stands behind the default one
 */
public record LlmProviderChange(String provider, Cause cause, SortedSet<String> keys) {

    /** What has made a change. */
    public enum Cause {
        /** {@link LlmProviders#activate}. */
        ACTIVATED,
        /** {@link LlmProviders#update}. */
        UPDATED,
        /** {@link LlmProviders#reset}. */
        RESET,
        /** A file of the configuration was changed in development mode. */
        RELOADED
    }

    public LlmProviderChange {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(cause, "cause");
        keys = Collections.unmodifiableSortedSet(new TreeSet<>(keys));
    }
}
