package io.quarkiverse.llm.runtime.live;

import io.quarkiverse.llm.runtime.config.SettingsResolver;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;

/** Has the last word before settings are changed. */
@FunctionalInterface
public interface SettingsCheck {

    /**
     * @param config as it would be
     * @throws ConfigurationException with a sentence, when it must not be so
     */
    void check(SmallRyeConfig config, SettingsResolver resolver);
}
