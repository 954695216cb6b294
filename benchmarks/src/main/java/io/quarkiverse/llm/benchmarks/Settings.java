package io.quarkiverse.llm.benchmarks;

import java.util.Map;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.LlmRuntimeConfig;
import io.quarkiverse.llm.runtime.config.OpenAiEnvironment;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingsResolver;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Settings of a provider as an application has them. */
public final class Settings {

    private Settings() {
    }

    /** That gives nothing but its URL. */
    public static ProviderSettings of(String baseUrl) {
        return of(Map.of("quarkus.llm.base-url", baseUrl));
    }

    public static ProviderSettings of(Map<String, String> configuration) {
        LlmRuntimeConfig config = new SmallRyeConfigBuilder().withMapping(LlmRuntimeConfig.class)
                .addDiscoveredConverters().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(configuration, "benchmark", 100))
                .build().getConfigMapping(LlmRuntimeConfig.class);
        return new SettingsResolver(config, OpenAiEnvironment.NONE).settings(LlmClient.DEFAULT);
    }
}
