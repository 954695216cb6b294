package io.quarkiverse.llm.runtime.wire.chat;

import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SecretMask;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;
import io.quarkiverse.llm.runtime.wire.WireCodec;

/** The client's side of the Chat Completions API. */
public final class ChatCodec implements WireCodec {

    private final ProviderSettings settings;
    private final ChatRequestEncoder encoder;
    private final SecretMask secrets;

    public ChatCodec(ProviderSettings settings) {
        this.settings = settings;
        this.encoder = new ChatRequestEncoder(settings);
        this.secrets = SecretMask.of(settings);
    }

    @Override
    public WireApi api() {
        return WireApi.CHAT_COMPLETIONS;
    }

    @Override
    public String path() {
        return settings.wire().chatCompletionsPath();
    }

    @Override
    public Optional<String> unsupported(LlmRequest request) {
        return encoder.unsupported(request);
    }

    @Override
    public byte[] encode(LlmRequest request, boolean stream) {
        return encoder.encode(request, stream);
    }

    @Override
    public ResponseDecoder decoder(LlmRequest request, Consumer<LlmEvent> events) {
        return new ChatResponseDecoder(settings, request.model().or(settings::model).orElse(""),
                secrets.with(request.apiKey()), events);
    }
}
