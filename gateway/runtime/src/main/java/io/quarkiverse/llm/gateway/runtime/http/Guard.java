package io.quarkiverse.llm.gateway.runtime.http;

import java.util.Optional;

import io.quarkiverse.llm.gateway.runtime.access.Access;
import io.quarkiverse.llm.gateway.runtime.access.Caller;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.vertx.core.Handler;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;

/** Lets those pass who may use the gateway, and tells {@link HttpExchange} who they are. */
record Guard(Access access, Handler<RoutingContext> route) implements Handler<RoutingContext> {

    private static final String CALLER = Caller.class.getName();

    /** Who was let in; empty for a request that was refused before. */
    static Optional<Caller> caller(RoutingContext routing) {
        return Optional.ofNullable(routing.get(CALLER));
    }

    /** On the event loop of the request, before and after. */
    @Override
    public void handle(RoutingContext routing) {
        ContextInternal context = ContextInternal.current();
        // it may take a while, and nobody reads the body yet
        routing.request().pause();
        access.callerOf(routing).subscribe().with(
                caller -> on(context, routing, () -> {
                    routing.put(CALLER, caller);
                    route.handle(routing);
                }), failure -> on(context, routing, () -> new HttpExchange(routing, WireApi.AUTO).fail(failure)));
    }

    private static void on(ContextInternal context, RoutingContext routing, Runnable action) {
        Runnable then = () -> {
            try {
                action.run();
            } catch (RuntimeException e) {
                routing.fail(e);
            } finally {
                routing.request().resume();
            }
        };
        if (ContextInternal.current() == context && context.nettyEventLoop().inEventLoop()) {
            then.run();
        } else {
            context.runOnContext(there -> then.run());
        }
    }
}
