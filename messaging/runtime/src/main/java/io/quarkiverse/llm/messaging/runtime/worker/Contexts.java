package io.quarkiverse.llm.messaging.runtime.worker;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

/** Decides where work is done. */
final class Contexts {

    private Contexts() {
    }

    /** One of its own on the next event loop in turn. Marked as safe: what is done on it is one thing after the other. */
    static Context create(Vertx vertx) {
        Context context = ((VertxInternal) vertx).createEventLoopContext().duplicate();
        VertxContextSafetyToggle.setContextSafe(context, true);
        return context;
    }
}
