package io.quarkiverse.llm.runtime.config;

import java.util.Objects;

/**
 * What a provider speaks, and where. Each path is relative to the endpoint, or absolute when it begins with a slash.
 *
 * @param api what requests go out in
 */
public record WireSettings(WireApi api, Decoding decoding, String chatCompletionsPath, String responsesPath,
        String modelsPath) {

    /** What applies where nothing is configured. */
    public static final WireSettings DEFAULT = new WireSettings(WireApi.AUTO, Decoding.LENIENT, "chat/completions",
            "responses", "models");

    public WireSettings {
        Objects.requireNonNull(api, "api");
        Objects.requireNonNull(decoding, "decoding");
    }

    /** The same with another wire API. */
    public WireSettings withApi(WireApi api) {
        return new WireSettings(api, decoding, chatCompletionsPath, responsesPath, modelsPath);
    }

    /** The same with another way to decode. */
    public WireSettings withDecoding(Decoding decoding) {
        return new WireSettings(api, decoding, chatCompletionsPath, responsesPath, modelsPath);
    }
}
