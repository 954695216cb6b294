package io.quarkiverse.llm.gateway.runtime;

import java.util.Optional;

import jakarta.enterprise.inject.Instance;

import io.quarkiverse.llm.gateway.runtime.config.StoreConfig;
import io.quarkiverse.llm.gateway.runtime.store.CaffeineStateStore;
import io.quarkiverse.llm.gateway.runtime.store.SharedStores;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;

/** The store that the configuration asks for. */
final class StateStores {

    /** Of the heap, for what is kept in memory unless the configuration says how much. */
    private static final int PART_OF_HEAP = 8;

    private StateStores() {
    }

    /**
     * @param shared is there when the application has a Redis client, which {@link StartCheck} makes sure of
     * @return empty when nothing is to be kept
     * @throws ConfigurationException with a sentence that names the key and the mend
     */
    static Optional<StateStore> of(StoreConfig config, Instance<SharedStores> shared) {
        if (!config.enabled()) {
            return Optional.empty();
        }
        return Optional.of(switch (config.type()) {
            case MEMORY -> new CaffeineStateStore(config.timeToLive(), config.maxEntries(),
                    config.maxBytes().map(MemorySize::asLongValue)
                            .orElseGet(() -> Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
            case REDIS -> shared.get().open(config);
        });
    }
}
