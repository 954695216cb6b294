package io.quarkiverse.llm.runtime.provider;

import java.time.Duration;
import java.util.Optional;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.transport.websocket.WebSocketExchange;
import io.quarkiverse.llm.runtime.transport.websocket.WebSocketRequest;
import io.quarkiverse.llm.runtime.transport.websocket.WebSocketTransport;
import io.quarkiverse.llm.runtime.wire.responses.TurnFailure;
import io.vertx.core.Context;

/** One turn over WebSocket, with the second chances that the connection's state makes necessary. */
final class TurnExchange {

    private final WebSocketTransport transport;
    private final Context context;
    private final TurnSource source;
    private final OutgoingRequest outgoing;
    private final boolean mayWait;
    private final long begun = System.nanoTime();
    private WebSocketExchange exchange;
    private boolean openedAgain;
    private boolean connectedAgain;

    /**
     * @param outgoing target, headers and limits
     * @param mayWait whether it waits for a connection when there are as many as may be; else it fails at once
     */
    TurnExchange(WebSocketTransport transport, Context context, TurnSource source, OutgoingRequest outgoing, boolean mayWait) {
        this.transport = transport;
        this.context = context;
        this.source = source;
        this.outgoing = outgoing;
        this.mayWait = mayWait;
    }

    WebSocketExchange open(ExchangeListener listener) {
        return open(outgoing, listener);
    }

    private WebSocketExchange open(OutgoingRequest request, ExchangeListener listener) {
        exchange = transport.open(context, new WebSocketRequest(request, source, mayWait), listener);
        return exchange;
    }

    void answered(LlmResponse response) {
        source.answered(response);
    }

    /**
     * Sends the request again, with all of its input, where it did not fail for its own sake: the server does not know what it
     * continues, or the connection has reached its end. To be asked while nothing of the answer was handed on.
     *
     * @return the exchange that is under way; empty when there is no second chance
     */
    Optional<WebSocketExchange> again(LlmException failure, ExchangeListener listener) {
        if (WebSocketFailure.of(failure) == WebSocketFailure.BOUND) {
            // what the connection knows, it still knows
            return Optional.empty();
        }
        boolean continued = source.isContinued();
        source.forget();
        Optional<TurnFailure> reason = TurnFailure.of(failure);
        if (reason.filter(TurnFailure.PREVIOUS_RESPONSE_NOT_FOUND::equals).isPresent()) {
            return continued && exchange.resend() ? Optional.of(exchange) : Optional.empty();
        }
        if (reason.filter(TurnFailure.CONNECTION_LIMIT_REACHED::equals).isPresent()) {
            if (connectedAgain || !exchange.reconnect()) {
                return Optional.empty();
            }
            connectedAgain = true;
            return Optional.of(exchange);
        }
        // the state went with the connection, and the server may never have seen the request
        boolean sendAgain = failure instanceof LlmTransportException && (continued || exchange.mayHaveCrossedTheClose());
        if (openedAgain || !sendAgain) {
            return Optional.empty();
        }
        openedAgain = true;
        return Optional.of(open(outgoing.after(Duration.ofNanos(System.nanoTime() - begun)), listener));
    }
}
