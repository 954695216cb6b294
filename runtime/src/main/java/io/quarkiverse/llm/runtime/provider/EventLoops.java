package io.quarkiverse.llm.runtime.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.runtime.config.SecretMask;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

/** Decides where exchanges live. Thread-safe. */
public final class EventLoops {

    private final VertxInternal vertx;
    private final List<EventLoop> all = new ArrayList<>();

    public EventLoops(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
        for (EventExecutor each : this.vertx.getEventLoopGroup()) {
            all.add((EventLoop) each);
        }
    }

    /**
     * A stream that comes from elsewhere than from a server of ours: each subscription opens a source, whose events go to the
     * subscriber on its context as far as they are asked for, and end exactly once.
     *
     * @param provider its name, for messages
     * @param orderingKey what one thread subscribes to with the same key starts in the order of the subscriptions
     */
    public Multi<LlmEvent> stream(String provider, Optional<String> orderingKey, EventSource.Opening opening) {
        return new EventMulti(this, new ProviderFailures(provider, new SecretMask(List.of())), orderingKey, opening);
    }

    /**
     * The caller's context when it belongs to an event loop, as the duplicated contexts of requests do even while blocking
     * code runs on a worker thread; else one of our own, on the next event loop in turn.
     */
    ContextInternal forCaller() {
        return forCaller(Optional.empty());
    }

    /** One of our own is on the event loop of the key, where there is one: several would start in an order of their own. */
    ContextInternal forCaller(Optional<String> orderingKey) {
        ContextInternal current = ContextInternal.current();
        return isOurs(current) && current.isEventLoopContext() ? current : create(orderingKey);
    }

    /** Where signals must go for a caller on a worker or virtual-thread context, which can have no exchange of its own. */
    Optional<Executor> callersExecutor() {
        ContextInternal current = ContextInternal.current();
        return isOurs(current) && !current.isEventLoopContext()
                ? Optional.of(signal -> current.runOnContext(there -> signal.run()))
                : Optional.empty();
    }

    private boolean isOurs(ContextInternal context) {
        return context != null && context.owner() == vertx;
    }

    /** Marked as safe: nobody but the one subscriber works on it, and step by step. */
    private ContextInternal create(Optional<String> orderingKey) {
        ContextInternal context = orderingKey.map(this::onEventLoopOf).orElseGet(vertx::createEventLoopContext).duplicate();
        VertxContextSafetyToggle.setContextSafe(context, true);
        return context;
    }

    private ContextInternal onEventLoopOf(String orderingKey) {
        EventLoop eventLoop = all.get(Math.floorMod(orderingKey.hashCode(), all.size()));
        return vertx.createEventLoopContext(eventLoop, vertx.getWorkerPool(), Thread.currentThread().getContextClassLoader());
    }
}
