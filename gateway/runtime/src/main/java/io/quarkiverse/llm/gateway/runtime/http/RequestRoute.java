package io.quarkiverse.llm.gateway.runtime.http;

import io.quarkiverse.llm.gateway.runtime.answer.Gateway;
import io.quarkiverse.llm.gateway.runtime.answer.RequestReader;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Takes requests with a body. */
record RequestRoute(Gateway gateway, RequestBody body, RequestReader reader) implements Handler<RoutingContext> {

    @Override
    public void handle(RoutingContext routing) {
        HttpExchange exchange = new HttpExchange(routing, reader.codec().api());
        body.read(routing).onComplete(read -> {
            if (read.failed()) {
                exchange.fail(read.cause());
            } else {
                exchange.attempt(
                        () -> reader.read(exchange, gateway.via().next(routing.request().headers()), read.result()));
            }
        });
    }
}
