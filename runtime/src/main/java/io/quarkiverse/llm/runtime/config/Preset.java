package io.quarkiverse.llm.runtime.config;

import java.util.Optional;

/**
 * What is known of a kind of server, one row each. A row is found by its name in the configuration or by the host of the
 * base URL.
 */
public enum Preset {

    /**
     * OpenAI itself. Its reasoning models refuse {@code max_tokens}, and it takes no reasoning back over Chat Completions
     * (API reference of POST /chat/completions).
     */
    OPENAI("api.openai.com", "https://api.openai.com/v1", true,
            new Quirks("max_completion_tokens", true, true, Optional.empty())),

    /**
     * Any other server, and so the cautious row: {@code max_tokens} and {@code system} are what llama.cpp, vLLM and Ollama
     * read, and {@code reasoning_content} is what DeepSeek and llama.cpp want back with tool outputs.
     */
    GENERIC(null, null, false, new Quirks("max_tokens", false, false, Optional.of("reasoning_content")));

    private final String host;
    private final String baseUrl;
    private final boolean keyRequired;
    private final Quirks quirks;

    Preset(String host, String baseUrl, boolean keyRequired, Quirks quirks) {
        this.host = host;
        this.baseUrl = baseUrl;
        this.keyRequired = keyRequired;
        this.quirks = quirks;
    }

    /** The row of that host or the domain it is in, as {@code eu.api.openai.com}; {@link #GENERIC} for unknown ones. */
    public static Preset ofHost(String host) {
        for (Preset preset : values()) {
            if (preset.host != null && (host.equals(preset.host) || host.endsWith("." + preset.host))) {
                return preset;
            }
        }
        return GENERIC;
    }

    /** Where such a server is found, when there is one such place. */
    public Optional<String> baseUrl() {
        return Optional.ofNullable(baseUrl);
    }

    /** Whether nothing works there without an API key. */
    public boolean keyRequired() {
        return keyRequired;
    }

    public Quirks quirks() {
        return quirks;
    }
}
