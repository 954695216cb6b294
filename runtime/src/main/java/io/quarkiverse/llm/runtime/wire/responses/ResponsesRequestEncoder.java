package io.quarkiverse.llm.runtime.wire.responses;

import java.nio.charset.StandardCharsets;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Encodes a request for the Responses API. */
final class ResponsesRequestEncoder {

    private final ProviderSettings settings;

    ResponsesRequestEncoder(ProviderSettings settings) {
        this.settings = settings;
    }

    byte[] encode(LlmRequest request, boolean stream) {
        JsonArray input = new JsonArray();
        request.input().forEach(item -> input.add(JsonObject.mapFrom(item)));
        return new JsonObject().put("model", request.model().or(settings::model).orElse(null)).put("input", input)
                .put("stream", stream).encode().getBytes(StandardCharsets.UTF_8);
    }
}
