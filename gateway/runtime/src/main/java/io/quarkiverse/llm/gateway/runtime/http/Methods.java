package io.quarkiverse.llm.gateway.runtime.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.quarkiverse.llm.gateway.runtime.answer.RefusedException;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;

/**
 * What a place takes, by method, while the gateway is active.
 *
 * @param upgrade takes requests for a WebSocket
 */
record Methods(boolean active, Map<HttpMethod, Handler<RoutingContext>> routes,
        Handler<RoutingContext> upgrade) implements Handler<RoutingContext> {

    Methods {
        routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
    }

    /** Without WebSockets. */
    Methods(boolean active, Map<HttpMethod, Handler<RoutingContext>> routes) {
        this(active, routes, routing -> refuse(routing, RefusedException.noWebSocket()));
    }

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
        Handler<RoutingContext> route = routes.get(asked.equals(HttpMethod.HEAD) ? HttpMethod.GET : asked);
        if (!active) {
            refuse(routing, RefusedException.inactive());
        } else if (route != null) {
            route.handle(routing);
        } else if (asked.equals(HttpMethod.OPTIONS)) {
            routing.response().putHeader(HttpHeaders.ALLOW, allowed()).setStatusCode(204).end();
        } else if ("websocket".equalsIgnoreCase(routing.request().getHeader(HttpHeaders.UPGRADE))) {
            upgrade.handle(routing);
        } else {
            routing.response().putHeader(HttpHeaders.ALLOW, allowed());
            refuse(routing, RefusedException.method(asked.name(), routing.request().path(), allowed()));
        }
    }

    private String allowed() {
        return routes.keySet().stream().map(HttpMethod::name).collect(Collectors.joining(", "));
    }

    private static void refuse(RoutingContext routing, RefusedException refused) {
        new HttpExchange(routing, WireApi.AUTO).fail(refused);
    }
}
