package io.quarkiverse.llm.runtime.provider;

import io.quarkiverse.llm.runtime.config.ProviderSettings;

/** Makes a provider from its settings. */
@FunctionalInterface
public interface ProviderFactory {

    /**
     * @throws RuntimeException with a sentence, when the settings name something that does not exist
     */
    ProviderSnapshot create(ProviderSettings settings);
}
