package io.quarkiverse.llm.runtime.provider;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.transport.Exchange;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.transport.Transport;
import io.quarkiverse.llm.runtime.transport.websocket.WebSocketExchange;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;
import io.vertx.core.Context;

/** One attempt at a request: an exchange with the server, and the decoder of its answer. To be used on one context. */
final class Attempt implements ExchangeListener {

    private static final byte[] NOTHING = {};

    private final WireApi api;
    private final Supplier<ResponseDecoder> decoders;
    private final ProviderFailures failures;
    private final Attempts attempts;
    private ResponseDecoder decoder;
    private Exchange exchange;
    private OutgoingRequest outgoing;
    private Optional<TurnExchange> turn = Optional.empty();
    private int status;
    private Map<String, String> headers = Map.of();
    private boolean endExpected;
    private boolean over;

    /**
     * @param decoders makes one for each answer: a request may be sent again on the same exchange
     */
    Attempt(WireApi api, Supplier<ResponseDecoder> decoders, ProviderFailures failures, Attempts attempts) {
        this.api = api;
        this.decoders = decoders;
        this.decoder = decoders.get();
        this.failures = failures;
        this.attempts = attempts;
    }

    void open(Transport transport, Context context, OutgoingRequest request) {
        outgoing = request;
        exchange = transport.open(context, request, this);
    }

    /** Over a WebSocket. */
    void open(TurnExchange newTurn, OutgoingRequest request) {
        outgoing = request;
        turn = Optional.of(newTurn);
        exchange = newTurn.open(this);
    }

    boolean isOverWebSocket() {
        return turn.isPresent();
    }

    /** Whether the server has shown any sign of an answer. */
    boolean hasBegun() {
        return status != 0;
    }

    /** To be asked where it is one over a WebSocket. */
    WebSocketFailure webSocketFailure(LlmException failure) {
        boolean refused = failure.httpStatus().isPresent() && status != 0 && status / 100 != 2;
        return refused ? WebSocketFailure.ofRefusal(status) : WebSocketFailure.of(failure);
    }

    /** Whether the same request is under way again, since it did not fail for its own sake. */
    boolean again(LlmException failure) {
        Optional<WebSocketExchange> next = turn.flatMap(one -> one.again(failure, this));
        next.ifPresent(one -> {
            exchange = one;
            decoder = decoders.get();
            endExpected = false;
        });
        return next.isPresent();
    }

    /** The last event is about to be handed on. */
    void answered(LlmResponse response) {
        turn.ifPresent(one -> one.answered(response));
    }

    /** Closes the exchange of the other attempt, which has failed over the same transport, and takes its place. */
    void openInsteadOf(Attempt before, Throwable failure, OutgoingRequest request) {
        outgoing = request;
        before.over = true;
        exchange = before.exchange.replace(failure, request, this);
    }

    WireApi api() {
        return api;
    }

    /** What is missing of the wire API, as its answer so far has it. */
    Optional<String> signOfMissing(LlmException failure) {
        return MissingApi.sign(failure, api, decoder.hasUnderstood());
    }

    Map<Repair, Integer> repairs() {
        return decoder.repairs();
    }

    void addPartial(LlmException failure) {
        ProviderFailures.withPartial(failure, decoder);
    }

    void pause() {
        exchange.pause();
    }

    void resume() {
        exchange.resume();
    }

    /** What still comes is of no interest. */
    void release() {
        over = true;
        exchange.release();
    }

    void cancel() {
        over = true;
        if (exchange != null) {
            exchange.cancel();
        }
    }

    void abandon(Throwable why) {
        over = true;
        if (exchange != null) {
            exchange.abandon(why);
        }
    }

    @Override
    public void head(int newStatus, Map<String, String> newHeaders) {
        status = newStatus;
        headers = newHeaders;
    }

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        try {
            decoder.event(name, data, offset, length);
            decoded();
        } catch (Throwable t) {
            attempts.failed(failures.decoding(t, data, offset, length));
        }
    }

    @Override
    public void body(byte[] data, int offset, int length) {
        try {
            if (status / 100 != 2) {
                attempts.failed(refused(data, offset, length));
            } else {
                decoder.body(data, offset, length);
                decoded();
            }
        } catch (Throwable t) {
            attempts.failed(failures.decoding(t, data, offset, length));
        }
    }

    private LlmException refused(byte[] data, int offset, int length) {
        if (turn.isPresent()) {
            return failures.refused(status, headers, data, offset, length);
        }
        return attempts.isOfThePath() ? failures.answered(outgoing, status, headers, data, offset, length)
                : failures.answered(status, headers, data, offset, length);
    }

    private void decoded() {
        if (over) {
            return;
        }
        if (decoder.isComplete()) {
            release();
            attempts.completed();
            return;
        }
        if (endExpected != decoder.mayEnd() && outgoing.stream()) {
            endExpected = decoder.mayEnd();
            exchange.expectEnd(endExpected);
        }
        attempts.progressed();
    }

    @Override
    public void end() {
        try {
            decoder.end();
            release();
            attempts.completed();
        } catch (Throwable t) {
            attempts.failed(failures.decoding(t, NOTHING, 0, 0));
        }
    }

    @Override
    public void failed(LlmException cause) {
        if (failures.isHarmless(cause, decoder)) {
            end();
        } else {
            attempts.failed(failures.interrupted(cause, decoder));
        }
    }
}
