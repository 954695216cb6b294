package io.quarkiverse.llm.gateway.runtime.http;

import io.quarkiverse.llm.gateway.runtime.access.Caller;
import io.quarkiverse.llm.gateway.runtime.answer.Gateway;
import io.quarkiverse.llm.gateway.runtime.limits.WebSocketTicket;
import io.quarkiverse.llm.gateway.runtime.websocket.OpenWebSockets;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/** Makes a WebSocket of a request that asks for one. Whoever may not have one is refused before: here, over HTTP. */
record UpgradeRoute(Gateway gateway, OpenWebSockets sockets) implements Handler<RoutingContext> {

    @Override
    public void handle(RoutingContext routing) {
        Caller caller = Guard.caller(routing).orElseThrow();
        String via;
        WebSocketTicket ticket;
        try {
            via = gateway.via().next(routing.request().headers());
            ticket = gateway.limits().openWebSocket(caller);
        } catch (RuntimeException e) {
            fail(routing, e);
            return;
        }
        HttpConnection connection = routing.request().connection();
        routing.request().toWebSocket().onComplete(made -> {
            if (made.succeeded()) {
                sockets.serve(made.result(), ((ConnectionBase) connection).channelHandlerContext(), via, caller, ticket);
                return;
            }
            ticket.close();
            if (!routing.response().ended()) {
                fail(routing, made.cause());
            }
        });
    }

    private static void fail(RoutingContext routing, Throwable cause) {
        new HttpExchange(routing, WireApi.RESPONSES).fail(cause);
    }
}
