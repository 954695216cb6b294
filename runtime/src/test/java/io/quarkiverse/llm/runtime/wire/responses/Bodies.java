package io.quarkiverse.llm.runtime.wire.responses;

import java.nio.charset.StandardCharsets;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.vertx.core.json.JsonObject;

/** The bodies of requests, as an encoder for a preset writes them. */
final class Bodies {

    private Bodies() {
    }

    static TestSettings settings(Preset preset) {
        return TestSettings.of("http://localhost").preset(preset);
    }

    static String text(LlmRequest request, TestSettings settings) {
        return new String(new ResponsesRequestEncoder(settings.build()).encode(request, false), StandardCharsets.UTF_8);
    }

    static String text(LlmRequest.Builder request) {
        return text(request.build(), settings(Preset.OPENAI));
    }

    static JsonObject body(LlmRequest.Builder request, Preset preset) {
        return new JsonObject(text(request.build(), settings(preset)));
    }

    static JsonObject body(LlmRequest.Builder request) {
        return body(request, Preset.OPENAI);
    }

    static String input(LlmRequest.Builder request, Preset preset) {
        return body(request, preset).getJsonArray("input").encode();
    }

    static String input(LlmRequest.Builder request) {
        return input(request, Preset.OPENAI);
    }
}
