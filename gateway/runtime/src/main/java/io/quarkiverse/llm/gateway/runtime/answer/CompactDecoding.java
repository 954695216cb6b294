package io.quarkiverse.llm.gateway.runtime.answer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.compaction.ContextManagement;
import io.quarkiverse.llm.gateway.runtime.compaction.Cut;
import io.quarkiverse.llm.gateway.runtime.compaction.OpenedItems;
import io.quarkiverse.llm.gateway.runtime.compaction.SummaryPrompt;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.gateway.runtime.seal.Sealing;
import io.quarkiverse.llm.gateway.runtime.state.Turns;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesBody;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesServerCodec;
import io.vertx.core.buffer.Buffer;

/**
 * Requests to make a conversation shorter: what is asked of the provider is a summary of it.
 *
 * @param turns empty where nothing is kept
 */
record CompactDecoding(ResponsesServerCodec codec, DegradeMode mode, Optional<Turns> turns, Sealing sealing)
        implements
            Decoding {

    private static final ResponsesBody NOTHING = ResponsesBody.of("{\"input\":[]}".getBytes(StandardCharsets.US_ASCII));
    private static final String INPUT = "input";

    @Override
    public void decode(Exchange exchange, Buffer body, Consumer<Asked> next) {
        exchange.compute(body.length(), () -> checked(ResponsesBody.of(JsonBytes.of(body))), parsed -> {
            if (turns.isEmpty()) {
                exchange.compute(body.length(), () -> asked(exchange, parsed, parsed.input()), next);
            } else {
                exchange.await(turns.get().of(exchange.owner(), parsed, exchange::remembered),
                        turn -> exchange.compute(body.length(), () -> asked(exchange, parsed, turn.asked().items()), next));
            }
        });
    }

    private ResponsesBody checked(ResponsesBody body) {
        if (text(body, "model").isEmpty()) {
            throw new InvalidRequestException("\"model\" is missing: it is to write the summary", "model",
                    "missing_required_parameter");
        }
        Optional<JsonValue> input = body.field(INPUT).map(field -> JsonValue.of(field.text()));
        if (input.filter(value -> !value.isString() && !value.isList()).isPresent()) {
            throw new InvalidRequestException("\"input\" must be a string or a list of items", INPUT, "invalid_type");
        } else if (input.isEmpty() && body.previousResponseId().isEmpty()) {
            throw new InvalidRequestException("\"input\" is missing, and \"previous_response_id\" too: there is nothing to make"
                    + " shorter", INPUT, "missing_required_parameter");
        } else if (body.previousResponseId().isPresent() && turns.isEmpty()) {
            throw new InvalidRequestException("The gateway keeps no responses, since quarkus.llm-gateway.store.enabled is"
                    + " false: send the whole conversation as input", "previous_response_id", "unsupported_value");
        }
        return body;
    }

    private static Optional<String> text(ResponsesBody body, String field) {
        try {
            return body.field(field).map(value -> JsonValue.of(value.text()).string()).filter(text -> !text.isBlank());
        } catch (JsonShapeException e) {
            throw new InvalidRequestException("\"" + field + "\" must be a string", field, "invalid_type");
        }
    }

    private Asked asked(Exchange exchange, ResponsesBody body, List<RawJson> items) {
        OpenedItems opened = OpenedItems.of(items, items.size(), new Seal(sealing, exchange.owner()));
        Cut cut = Cut.of(opened.items(), opened.items().size())
                .orElseThrow(
                        () -> new InvalidRequestException("There is nothing in the conversation that could be made shorter",
                                INPUT, "invalid_value"));
        LlmRequest summary = SummaryPrompt.of(codec.decode(NOTHING, cut.told(), mode).request().input(),
                text(body, "instructions")).toBuilder().model(text(body, "model").orElseThrow()).store(false)
                .promptCacheKey(text(body, "prompt_cache_key").orElse(null))
                .serviceTier(text(body, "service_tier").orElse(null)).build();
        ReceivedRequest received = new ReceivedRequest(summary, false, false, Map.of(), Map.of(), opened.degradations());
        return new Asked(received, received, Optional.empty(), Optional.of(new Shortening(
                new ContextManagement(Optional.empty()), () -> Optional.of(cut), same -> summary, shorter -> received)));
    }
}
