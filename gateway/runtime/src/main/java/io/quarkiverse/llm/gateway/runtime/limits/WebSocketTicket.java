package io.quarkiverse.llm.gateway.runtime.limits;

import java.util.concurrent.atomic.AtomicBoolean;

/** A WebSocket that its caller may have open, until it is closed. Thread-safe. */
public final class WebSocketTicket implements AutoCloseable {

    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    WebSocketTicket(Runnable onClose) {
        this.onClose = onClose;
    }

    /** The second time nothing happens. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            onClose.run();
        }
    }
}
