package io.quarkiverse.llm.runtime.transport;

import io.quarkiverse.llm.runtime.config.ProviderSettings;

/**
 * How many requests of a provider may be under way at a time over one transport.
 *
 * @param key the last part of the configuration key that says so
 */
public record Room(int requests, String key) {

    /** What holds for every transport. */
    public static Room of(ProviderSettings settings) {
        return new Room(settings.connections().maxConcurrentRequests(), "max-concurrent-requests");
    }
}
