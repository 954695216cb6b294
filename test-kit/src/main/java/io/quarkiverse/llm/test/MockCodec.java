package io.quarkiverse.llm.test;

import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;
import io.quarkiverse.llm.runtime.wire.WireCodec;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.vertx.core.json.JsonObject;

/** Reads answers as Chat Completions does, and writes of requests only what answers depend on. */
final class MockCodec implements WireCodec {

    private final ChatCodec chat;

    MockCodec(ProviderSettings settings) {
        this.chat = new ChatCodec(settings);
    }

    @Override
    public WireApi api() {
        return chat.api();
    }

    @Override
    public String path() {
        return chat.path();
    }

    /** A mock takes whatever it is asked. */
    @Override
    public Optional<String> unsupported(LlmRequest request) {
        return Optional.empty();
    }

    @Override
    public byte[] encode(LlmRequest request, boolean stream) {
        return new JsonObject().put("model", request.model().orElse(MockConnection.MODEL)).put("stream", stream)
                .put("stream_options", new JsonObject().put("include_usage", true)).toBuffer().getBytes();
    }

    @Override
    public ResponseDecoder decoder(LlmRequest request, Consumer<LlmEvent> events) {
        return chat.decoder(request, events);
    }
}
