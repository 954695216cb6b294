package io.quarkiverse.llm.runtime.wire.responses;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.ResponseReader;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.EventEncoder;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.quarkiverse.llm.runtime.wire.ServerCodec;
import io.quarkiverse.llm.runtime.wire.WireEventSink;

/** The server's side of the Responses API. */
public final class ResponsesServerCodec implements ServerCodec {

    private static final String ENCRYPTED_REASONING = "reasoning.encrypted_content";

    private final ReasoningDialect dialect;

    /**
     * @param dialect how clients are told what the model thinks
     */
    public ResponsesServerCodec(ReasoningDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public WireApi api() {
        return WireApi.RESPONSES;
    }

    @Override
    public ReceivedRequest decode(byte[] body, DegradeMode mode) {
        return decode(ResponsesBody.of(body), mode);
    }

    /** As {@link #decode(byte[], DegradeMode)}. */
    public ReceivedRequest decode(ResponsesBody body, DegradeMode mode) {
        return ResponsesRequestDecoder.decode(body, null, mode);
    }

    /**
     * Reads a request that goes on with what is kept elsewhere. It still says what it continues.
     *
     * @param conversation all items of it in place of the input of the body, which ends it
     */
    public ReceivedRequest decode(ResponsesBody body, List<RawJson> conversation, DegradeMode mode) {
        return ResponsesRequestDecoder.decode(body, conversation, mode);
    }

    @Override
    public EventEncoder encoder(ReceivedRequest request, WireEventSink sink) {
        EventEncoder encoder = new ResponsesEventEncoder(request.request(), dialect, sink);
        Consumer<LlmEvent> shown = new ShownReasoning(isEncryptedShown(request.request()), encoder);
        return new ServedEvents(new KnownEvents(new SequentialItems(
                dialect == ReasoningDialect.SUMMARY ? new ReasoningAsSummary(shown) : shown)), encoder);
    }

    /**
     * Tells a response that is over as if it were made now, in as few events as clients take.
     *
     * @param resource as its client was told it at the end, or would have been
     */
    public void retell(RawJson resource, WireEventSink sink) {
        JsonFields fields = JsonFields.of(resource);
        new ResponsesEventEncoder(LlmRequest.of(""), dialect, new RetoldResource(resource, sink))
                .retell(ResponseReader.read(fields));
    }

    @Override
    public byte[] encode(ReceivedRequest request, LlmResponse response) {
        boolean encrypted = isEncryptedShown(request.request());
        List<Item> output = response.output().stream()
                .map(item -> item instanceof Reasoning reasoning ? shown(reasoning, encrypted) : item)
                .map(ItemIds::identified).toList();
        LlmResponse told = withEnd(response.toBuilder().output(output).build());
        return new ResponseResource(request.request(), told).encode();
    }

    /** When it was completed, where the provider does not say so. */
    static LlmResponse withEnd(LlmResponse response) {
        return response.status() == ResponseStatus.COMPLETED && response.completedAt().isEmpty()
                ? response.toBuilder().completedAt(Instant.now()).build()
                : response;
    }

    private Item shown(Reasoning reasoning, boolean encrypted) {
        return ShownReasoning.shown(
                dialect == ReasoningDialect.SUMMARY ? ReasoningAsSummary.summarized(reasoning) : reasoning,
                ItemStatus.COMPLETED, encrypted);
    }

    private static boolean isEncryptedShown(LlmRequest request) {
        return request.include().contains(ENCRYPTED_REASONING);
    }
}
