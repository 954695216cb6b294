package io.quarkiverse.llm.gateway.runtime.http;

import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;

/** A route that takes one method, while the gateway is active. */
record OnlyMethod(HttpMethod method, boolean active, Handler<RoutingContext> route) implements Handler<RoutingContext> {

    /**
     * What comes before may be done on any thread, such as authentication; from here on it is the event loop of the request.
     */
    @Override
    public void handle(RoutingContext routing) {
        ContextInternal current = ContextInternal.current();
        ContextInternal own = (ContextInternal) ((HttpServerRequestInternal) routing.request()).context();
        boolean near = current != null && current.nettyEventLoop() == own.nettyEventLoop();
        if (near && current.nettyEventLoop().inEventLoop()) {
            serve(routing);
        } else {
            (near ? current : own).runOnContext(there -> serve(routing));
        }
    }

    private void serve(RoutingContext routing) {
        HttpMethod asked = routing.request().method();
        if (!active) {
            refuse(routing, RefusedException.inactive());
        } else if (asked.equals(method) || asked.equals(HttpMethod.HEAD) && method.equals(HttpMethod.GET)) {
            route.handle(routing);
        } else if (asked.equals(HttpMethod.OPTIONS)) {
            routing.response().putHeader(HttpHeaders.ALLOW, method.name()).setStatusCode(204).end();
        } else if ("websocket".equalsIgnoreCase(routing.request().getHeader(HttpHeaders.UPGRADE))) {
            refuse(routing, RefusedException.noWebSocket());
        } else {
            routing.response().putHeader(HttpHeaders.ALLOW, method.name());
            refuse(routing, RefusedException.method(asked.name(), routing.request().path(), method.name()));
        }
    }

    private static void refuse(RoutingContext routing, RefusedException refused) {
        new ClientExchange(routing, WireApi.AUTO).fail(refused);
    }
}
