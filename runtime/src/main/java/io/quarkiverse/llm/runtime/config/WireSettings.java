package io.quarkiverse.llm.runtime.config;

import java.util.Objects;

import io.quarkiverse.llm.runtime.config.preset.WireApi;

/**
 * What a provider speaks, and where. Each path is relative to the endpoint, or absolute when it begins with a slash.
 *
 * @param api what requests go out in
 * @param usual what they go out in where that is {@link WireApi#AUTO} and neither the request nor experience says otherwise
 */
public record WireSettings(WireApi api, WireApi usual, StreamTransport transport, Decoding decoding, String chatCompletionsPath,
        String responsesPath, String modelsPath) {

    /** What applies where nothing is configured. */
    public static final WireSettings DEFAULT = new WireSettings(WireApi.AUTO, WireApi.CHAT_COMPLETIONS, StreamTransport.AUTO,
            Decoding.LENIENT,
            "chat/completions", "responses", "models");

    public WireSettings {
        Objects.requireNonNull(api, "api");
        if (usual == WireApi.AUTO) {
            throw new IllegalArgumentException("Nothing goes out in " + usual);
        }
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(decoding, "decoding");
    }

    /** The same with another wire API. */
    public WireSettings withApi(WireApi api) {
        return new WireSettings(api, usual, transport, decoding, chatCompletionsPath, responsesPath, modelsPath);
    }

    /** The same over another transport. */
    public WireSettings withTransport(StreamTransport transport) {
        return new WireSettings(api, usual, transport, decoding, chatCompletionsPath, responsesPath, modelsPath);
    }
}
