package io.quarkiverse.llm.runtime.wire.responses;

import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SecretMask;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.ExtraBody;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;
import io.quarkiverse.llm.runtime.wire.WireCodec;

/** The client's side of the Responses API. */
public final class ResponsesCodec implements WireCodec {

    private final ProviderSettings settings;
    private final ResponsesRequestEncoder encoder;
    private final SecretMask secrets;
    private final AnswerOrigin origin;

    public ResponsesCodec(ProviderSettings settings) {
        this(settings, AnswerOrigin.REQUEST);
    }

    private ResponsesCodec(ProviderSettings settings, AnswerOrigin origin) {
        this.origin = origin;
        this.settings = settings;
        this.encoder = new ResponsesRequestEncoder(settings);
        this.secrets = SecretMask.of(settings);
    }

    /**
     * One for streams that begin in the middle: that they refer to what was left out is no departure from the wire API, even
     * where decoding is strict.
     */
    public ResponsesCodec forRestOfStream() {
        return new ResponsesCodec(settings, AnswerOrigin.REST_OF_STREAM);
    }

    @Override
    public WireApi api() {
        return WireApi.RESPONSES;
    }

    @Override
    public String path() {
        return settings.wire().responsesPath();
    }

    @Override
    public Optional<String> unsupported(LlmRequest request) {
        return encoder.unsupported(request);
    }

    @Override
    public byte[] encode(LlmRequest request, boolean stream) {
        return encoder.encode(request, stream);
    }

    /**
     * The first feature that the Responses API carries, but not over WebSocket, as it stands in a sentence; empty when there is
     * none. To be asked besides {@link #unsupported}.
     */
    public Optional<String> unsupportedOverWebSocket(LlmRequest request) {
        return ResponsesLimits.unsupportedInFrame(request, ExtraBody.of(request, settings));
    }

    /**
     * The request as a turn of a conversation over WebSocket. The answer goes to a {@link #decoder} of the same request, each
     * text frame as an event without a name.
     *
     * @throws LlmException when WebSocket, or the wire API, cannot carry what is asked for
     */
    public Turn turn(LlmRequest request) {
        return encoder.turn(request);
    }

    /**
     * The body of a request to count the tokens of this one's input: its fields that the model reads or that decide what it
     * reads, and no others.
     *
     * @throws LlmException when the wire API cannot carry the input, or not all of it would be counted
     */
    public byte[] encodeInput(LlmRequest request) {
        return encoder.encodeInput(request);
    }

    @Override
    public ResponseDecoder decoder(LlmRequest request, Consumer<LlmEvent> events) {
        return decoder(request, origin, events);
    }

    /**
     * A decoder for a response that is looked up: one that has failed is a response of that status, and no failure. The bodies
     * of {@code GET /responses/{id}} and {@code POST /responses/{id}/cancel} go to {@link ResponseDecoder#body}.
     *
     * @param request that the response answers: its model and its key are those of the answer, too
     */
    public ResponseDecoder storedResponseDecoder(LlmRequest request, Consumer<LlmEvent> events) {
        return decoder(request, AnswerOrigin.LOOKUP, events);
    }

    private ResponseDecoder decoder(LlmRequest request, AnswerOrigin origin, Consumer<LlmEvent> events) {
        ResponseState.Asked asked = new ResponseState.Asked(request.model().or(settings::model).orElse(""),
                request.options().orElse(settings.options()).maxOutputTokens(),
                ResponsesLimits.isBackground(request, ExtraBody.of(request, settings)));
        return new ResponsesResponseDecoder(settings, asked, secrets.with(request.apiKey()), origin, events);
    }
}
