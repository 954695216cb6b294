package io.quarkiverse.llm.gateway.runtime.answer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.compaction.ContextManagement;
import io.quarkiverse.llm.gateway.runtime.compaction.Cut;
import io.quarkiverse.llm.gateway.runtime.compaction.OpenedItems;
import io.quarkiverse.llm.gateway.runtime.compaction.SummaryPrompt;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.gateway.runtime.seal.Sealing;
import io.quarkiverse.llm.gateway.runtime.state.Turn;
import io.quarkiverse.llm.gateway.runtime.state.Turns;
import io.quarkiverse.llm.gateway.runtime.translation.OpenCalls;
import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesBody;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesServerCodec;
import io.vertx.core.buffer.Buffer;

/**
 * Requests of the Responses API that may go on with what the gateway keeps, or has made shorter. They are read as if the client
 * had sent all of the conversation itself, so that the provider cannot tell the difference.
 *
 * @param turns empty where nothing is kept
 */
record ContinuedDecoding(ResponsesServerCodec codec, DegradeMode mode, Optional<Turns> turns, Sealing sealing)
        implements
            Decoding {

    private static final ResponsesBody NOTHING = ResponsesBody.of("{\"input\":[]}".getBytes(StandardCharsets.US_ASCII));

    @Override
    public void decode(Exchange exchange, Buffer body, Consumer<Asked> next) {
        exchange.compute(body.length(), () -> ResponsesBody.of(JsonBytes.of(body)), parsed -> {
            if (turns.isEmpty()) {
                exchange.compute(body.length(), () -> asked(exchange, parsed, body.length()), next);
            } else {
                exchange.await(turns.get().of(exchange.owner(), parsed, exchange::remembered),
                        turn -> {
                            int size = size(body, turn);
                            exchange.compute(size, () -> asked(exchange, parsed, turn, size), next);
                        });
            }
        });
    }

    /** A few words may go on with a long conversation. */
    static int size(Buffer body, Turn turn) {
        return (int) Math.min(Integer.MAX_VALUE, (long) body.length() + turn.asked().size());
    }

    /** What the server keeps, if it does, is all that is kept. */
    private Asked asked(Exchange exchange, ResponsesBody body, int size) {
        List<RawJson> input = body.input();
        OpenedItems opened = OpenedItems.of(input, 0, seal(exchange));
        ReceivedRequest received = opened.items() == input ? codec.decode(body, mode)
                : decoded(body, opened.items(), opened.degradations());
        LlmRequest request = received.request();
        boolean elsewhere = request.previousResponseId().isPresent() || request.conversation().isPresent();
        Optional<Shortening> shortening = shortening(received, opened, items -> managed(decoded(body, items, List.of())));
        return elsewhere ? Asked.of(received, size)
                : new Asked(received, managed(received), Optional.empty(), size, shortening);
    }

    private Asked asked(Exchange exchange, ResponsesBody body, Turn turn, int size) {
        List<RawJson> items = turn.asked().items();
        OpenedItems opened = OpenedItems.of(items, items.size() - body.input().size(), seal(exchange));
        ReceivedRequest received = turn.whole() && opened.items() == items ? codec.decode(body, mode)
                : decoded(body, opened.items(), opened.degradations());
        if (turn.continues()) {
            OpenCalls.refuse(received.request().input());
        }
        return new Asked(received, alone(received), Optional.of(turn), size,
                shortening(received, opened, shorter -> alone(decoded(body, shorter, List.of()))));
    }

    private Seal seal(Exchange exchange) {
        return new Seal(sealing, exchange.owner());
    }

    private ReceivedRequest decoded(ResponsesBody body, List<RawJson> items, List<Degradation> before) {
        ReceivedRequest received = codec.decode(body, items, mode);
        if (before.isEmpty()) {
            return received;
        }
        List<Degradation> all = new ArrayList<>(before);
        all.addAll(received.degradations());
        return new ReceivedRequest(received.request(), received.stream(), received.includeUsage(), received.apiFields(),
                received.unknownFields(), all);
    }

    /** Without what the gateway has done already. The turns of a conversation stay in their order, whoever answers. */
    private static ReceivedRequest alone(ReceivedRequest received) {
        LlmRequest request = received.request();
        return managed(received.withRequest(request.toBuilder().previousResponseId(null).conversation(null)
                .orderingKey(request.conversation().orElse(null)).store(false).background(null).build()));
    }

    /** A server that made the conversation shorter, too, would do it once more. */
    private static ReceivedRequest managed(ReceivedRequest received) {
        if (!received.apiFields().containsKey(ContextManagement.FIELD)) {
            return received;
        }
        Map<String, RawJson> fields = new LinkedHashMap<>(received.apiFields());
        fields.remove(ContextManagement.FIELD);
        return new ReceivedRequest(received.request(), received.stream(), received.includeUsage(), fields,
                received.unknownFields(), received.degradations());
    }

    private Optional<Shortening> shortening(ReceivedRequest received, OpenedItems opened,
            Function<List<RawJson>, ReceivedRequest> reading) {
        return ContextManagement.of(Optional.ofNullable(received.apiFields().get(ContextManagement.FIELD)))
                .map(when -> new Shortening(when, () -> Cut.of(opened.items(), opened.own()),
                        cut -> summary(cut, received.request().instructions()), reading));
    }

    /** The request for the notes on what the cut tells. */
    private LlmRequest summary(Cut cut, Optional<String> instructions) {
        return SummaryPrompt.of(codec.decode(NOTHING, cut.told(), mode).request().input(), instructions);
    }
}
