package io.quarkiverse.llm.runtime.provider;

import java.util.Objects;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.runtime.transport.Transport;

/**
 * A provider as its settings are at one time. Never changed, only replaced.
 *
 * @param transport what the provider sends with, to be closed with it
 */
public record ProviderSnapshot(LlmProvider provider, Transport transport) {

    public ProviderSnapshot {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(transport, "transport");
    }
}
