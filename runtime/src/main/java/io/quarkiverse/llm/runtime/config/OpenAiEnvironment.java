package io.quarkiverse.llm.runtime.config;

import java.util.Optional;

import org.eclipse.microprofile.config.Config;

import io.quarkiverse.llm.Secret;
import io.quarkus.runtime.LaunchMode;

/**
 * The two environment variables that OpenAI's own libraries read. Read by hand: as defaults of the mapping they would reach
 * every provider, and with them the key a foreign host.
 *
 * @param baseUrl {@code OPENAI_BASE_URL}
 * @param apiKey {@code OPENAI_API_KEY}
 */
public record OpenAiEnvironment(Optional<String> baseUrl, Optional<Secret> apiKey) {

    public static final String BASE_URL = "OPENAI_BASE_URL";
    public static final String API_KEY = "OPENAI_API_KEY";

    /** Nothing is set, or it does not count. */
    public static final OpenAiEnvironment NONE = new OpenAiEnvironment(Optional.empty(), Optional.empty());

    /**
     * @param config knows {@code .env} files as well as the environment
     * @param honoured {@link LlmRuntimeConfig#openaiEnvironment()}
     */
    public static OpenAiEnvironment of(Config config, Optional<Boolean> honoured, LaunchMode mode) {
        if (!honoured.orElse(mode != LaunchMode.TEST)) {
            return NONE;
        }
        return new OpenAiEnvironment(text(config, BASE_URL), text(config, API_KEY).map(Secret::of));
    }

    /** Whether there is anything that makes a default provider. */
    public boolean isEmpty() {
        return baseUrl.isEmpty() && apiKey.isEmpty();
    }

    private static Optional<String> text(Config config, String name) {
        return config.getOptionalValue(name, String.class).map(String::strip).filter(value -> !value.isEmpty());
    }
}
