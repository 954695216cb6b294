package io.quarkiverse.llm.runtime.live;

import java.util.Map;

import io.quarkiverse.llm.runtime.config.SettingsResolver;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;

/** Has the last word before settings are changed. */
@FunctionalInterface
public interface SettingsCheck {

    /**
     * What was found.
     *
     * @param absent providers that are not there then, with the reason as a sentence
     * @param whenMade to be run after the change, when it could be made
     */
    record Finding(Map<String, String> absent, Runnable whenMade) {

        /** There is nothing to say. */
        public static final Finding NOTHING = new Finding(Map.of(), () -> {
        });
    }

    /**
     * @param config as it would be
     * @throws ConfigurationException with a sentence, when it must not be so
     */
    Finding check(SmallRyeConfig config, SettingsResolver resolver);
}
