package io.quarkiverse.llm.runtime.live;

import java.util.Map;

import io.quarkiverse.llm.runtime.config.SettingsResolver;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;

/** Has the last word before settings are changed. */
@FunctionalInterface
public interface SettingsCheck {

    /**
     * @param config as it would be
     * @return providers that are not there then, with the reason as a sentence
     * @throws ConfigurationException with a sentence, when it must not be so
     */
    Map<String, String> check(SmallRyeConfig config, SettingsResolver resolver);
}
