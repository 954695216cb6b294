package io.quarkiverse.llm.runtime.config;

import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.LlmClient;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** An application's configuration: properties, an environment, and the mode it runs in. */
public record Configuration(Map<String, String> properties, Map<String, String> environment, LaunchMode mode) {

    public static Configuration of(Map<String, String> properties) {
        return new Configuration(properties, Map.of(), LaunchMode.NORMAL);
    }

    public static Configuration ofEnvironment(Map<String, String> environment) {
        return of(Map.of()).with(environment);
    }

    public Configuration with(Map<String, String> environment) {
        return new Configuration(properties, environment, mode);
    }

    public Configuration in(LaunchMode mode) {
        return new Configuration(properties, environment, mode);
    }

    public SmallRyeConfig config() {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "application.properties", 250))
                .withSources(new EnvConfigSource(environment, 300))
                // both mappings, as in an application: the defaults of each are property names for the other
                .withMapping(LlmRuntimeConfig.class)
                .withMapping(LlmBuildConfig.class)
                .build();
    }

    public SettingsResolver resolver() {
        SmallRyeConfig config = config();
        LlmRuntimeConfig mapping = config.getConfigMapping(LlmRuntimeConfig.class);
        return new SettingsResolver(mapping, OpenAiEnvironment.of(config, mapping.openaiEnvironment(), mode));
    }

    public ProviderSettings settings(String name) {
        return resolver().settings(name);
    }

    public ProviderSettings settings() {
        return settings(LlmClient.DEFAULT);
    }

    Optional<String> key() {
        return settings().apiKey().map(secret -> secret.reveal());
    }
}
