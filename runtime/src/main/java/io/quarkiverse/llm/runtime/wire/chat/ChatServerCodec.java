package io.quarkiverse.llm.runtime.wire.chat;

import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.config.preset.ReasoningField;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.EventEncoder;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.quarkiverse.llm.runtime.wire.ServerCodec;
import io.quarkiverse.llm.runtime.wire.WireEventSink;

/** The server's side of the Chat Completions API. */
public final class ChatServerCodec implements ServerCodec {

    private final ReasoningField reasoning;

    /**
     * @param reasoning the field of an answer that shows what the model thought, which Chat Completions itself has none for;
     *        {@link ReasoningField#NONE} to keep it back
     * @throws IllegalArgumentException for {@link ReasoningField#THINKING_PART}, which is no field
     */
    public ChatServerCodec(ReasoningField reasoning) {
        if (reasoning == ReasoningField.THINKING_PART) {
            throw new IllegalArgumentException("Reasoning can be shown in a field, not as a part of the content");
        }
        this.reasoning = reasoning;
    }

    @Override
    public WireApi api() {
        return WireApi.CHAT_COMPLETIONS;
    }

    /**
     * @throws InvalidRequestException when the request itself is wrong
     */
    @Override
    public ReceivedRequest decode(byte[] body, DegradeMode mode) {
        return ChatRequestDecoder.decode(body, mode);
    }

    /** The events have no type; the {@code [DONE]} behind the last one is the caller's. */
    @Override
    public EventEncoder encoder(ReceivedRequest request, WireEventSink sink) {
        return new ChatEventEncoder(request, reasoning, sink);
    }

    @Override
    public byte[] encode(ReceivedRequest request, LlmResponse response) {
        return new CompletionWriter(reasoning).write(response);
    }
}
