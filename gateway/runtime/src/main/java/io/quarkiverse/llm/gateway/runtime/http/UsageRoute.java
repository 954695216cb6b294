package io.quarkiverse.llm.gateway.runtime.http;

import io.quarkiverse.llm.gateway.runtime.access.Caller;
import io.quarkiverse.llm.gateway.runtime.answer.RefusedException;
import io.quarkiverse.llm.gateway.runtime.limits.Limits;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Tells a caller what it has used and what remains, and an administrator the same of all. */
record UsageRoute(Limits limits) implements Handler<RoutingContext> {

    @Override
    public void handle(RoutingContext routing) {
        HttpExchange exchange = new HttpExchange(routing, WireApi.AUTO);
        exchange.attempt(() -> exchange.answer(usage(exchange.caller(), routing.request().getParam("all")), "listed"));
    }

    private byte[] usage(Caller caller, String all) {
        if (!Boolean.parseBoolean(all)) {
            return limits.usage(caller);
        } else if (!caller.admin()) {
            throw RefusedException.noAdmin();
        }
        return limits.usageOfAll();
    }
}
