package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.gateway.runtime.state.Turn;
import io.quarkiverse.llm.gateway.runtime.state.Turns;
import io.quarkiverse.llm.gateway.runtime.translation.OpenCalls;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesBody;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesServerCodec;
import io.vertx.core.buffer.Buffer;

/**
 * Requests of the Responses API that may go on with what the gateway keeps. They are read as if the client had sent all of the
 * conversation itself, so that the provider cannot tell the difference.
 */
record ContinuedDecoding(ResponsesServerCodec codec, DegradeMode mode, Turns turns) implements Decoding {

    @Override
    public void decode(Exchange exchange, Buffer body, Consumer<Asked> next) {
        exchange.compute(body.length(), () -> ResponsesBody.of(JsonBytes.of(body)),
                parsed -> exchange.await(turns.of(exchange.owner(), parsed, exchange::remembered),
                        turn -> exchange.compute(body.length(), () -> asked(parsed, turn), next)));
    }

    private Asked asked(ResponsesBody body, Turn turn) {
        ReceivedRequest received = turn.whole() ? codec.decode(body, mode) : codec.decode(body, turn.asked().items(), mode);
        LlmRequest request = received.request();
        if (turn.continues()) {
            OpenCalls.refuse(request.input());
        }
        return new Asked(received, received.withRequest(
                request.toBuilder().previousResponseId(null).store(false).background(null).build()),
                Optional.of(turn));
    }
}
