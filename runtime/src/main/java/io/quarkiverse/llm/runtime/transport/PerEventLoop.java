package io.quarkiverse.llm.runtime.transport;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;

/**
 * One client for each event loop that asks for one, so that no connection is shared by event loops. Thread-safe.
 *
 * @param <C> the client
 */
public final class PerEventLoop<C> {

    private final Function<ContextInternal, C> make;
    private final Function<C, Future<Void>> close;
    private final Map<EventLoop, C> clients = new ConcurrentHashMap<>();

    /**
     * @param make makes one, on the context it is given, which is of no verticle and lives as long as the event loop
     */
    public PerEventLoop(Function<ContextInternal, C> make, Function<C, Future<Void>> close) {
        this.make = make;
        this.close = close;
    }

    /** To be called on that context. */
    public C on(ContextInternal context) {
        C client = clients.get(context.nettyEventLoop());
        if (client == null) {
            // Made on a context of its own: one of a verticle would be closed with the verticle.
            ContextInternal own = context.owner().createEventLoopContext(context.nettyEventLoop(), null,
                    Thread.currentThread().getContextClassLoader());
            own.dispatch(context.nettyEventLoop(), loop -> clients.computeIfAbsent(loop, none -> make.apply(own)));
            client = clients.get(context.nettyEventLoop());
        }
        return client;
    }

    /** Those there are; who asks for one later gets a new one. */
    public Future<Void> close() {
        List<C> there = List.copyOf(clients.values());
        clients.values().removeAll(there);
        return Future.join(there.stream().map(close).toList()).mapEmpty();
    }
}
