package io.quarkiverse.llm.gateway.it;

import jakarta.enterprise.event.Observes;

import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** What the application serves itself, beside and below the path of the gateway. */
class OwnRoutes {

    void add(@Observes Router router) {
        router.get("/v1/weather").handler(routing -> routing.end("rain"));
        Handler<RoutingContext> length = OwnRoutes::length;
        router.post("/v1/length").handler(length);
        router.post("/length").handler(length);
    }

    private static void length(RoutingContext routing) {
        routing.request().body().onSuccess(body -> routing.end(Integer.toString(body.length())));
        // Quarkus hands requests on paused
        routing.request().resume();
    }
}
