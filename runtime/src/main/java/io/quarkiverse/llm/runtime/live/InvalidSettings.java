package io.quarkiverse.llm.runtime.live;

import java.util.ArrayList;
import java.util.List;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;

/** What is wrong with a configuration that cannot be read, in sentences. */
final class InvalidSettings {

    private InvalidSettings() {
    }

    static ConfigurationException of(ConfigValidationException invalid) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < invalid.getProblemCount(); i++) {
            problems.add(invalid.getProblem(i).getMessage());
        }
        return new ConfigurationException(String.join("\n", problems), invalid);
    }
}
