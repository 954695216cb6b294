package io.quarkiverse.llm.gateway.runtime.store;

import io.quarkiverse.llm.gateway.runtime.config.StoreConfig;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Makes the store that several instances share. A bean, where the application has a client for it. */
public interface SharedStores {

    /**
     * Does not connect.
     *
     * @throws ConfigurationException with a sentence that names the key and the mend
     */
    StateStore open(StoreConfig config);
}
