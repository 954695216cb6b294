package io.quarkiverse.llm.gateway.runtime.http;

import java.util.function.Predicate;

import io.quarkiverse.llm.gateway.runtime.routing.ListedModels;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Lists the models, or tells of one, whose name is all that follows in the path. */
record ModelsRoute(ListedModels models) implements Handler<RoutingContext> {

    /** What stands for the * of the route. */
    private static final String REST = "*";

    @Override
    public void handle(RoutingContext routing) {
        HttpExchange exchange = new HttpExchange(routing, WireApi.AUTO);
        exchange.attempt(() -> exchange.await(answer(routing.pathParam(REST), exchange.caller().models()),
                json -> exchange.answer(json, "listed")));
    }

    private Uni<byte[]> answer(String id, Predicate<String> allowed) {
        return id == null || id.isEmpty() ? models.all(allowed) : models.one(id, allowed);
    }
}
