package io.quarkiverse.llm.gateway.runtime;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.shutdown.ShutdownListener;

/**
 * Closes the WebSockets when the application stops: for as long as {@code quarkus.shutdown.timeout} allows, each has
 * what it has under way; and before the server goes, so that clients are told why.
 */
@Singleton
public class WebSocketShutdown {

    private final ServedGateway gateway;

    WebSocketShutdown(ServedGateway gateway) {
        this.gateway = gateway;
    }

    void stop(@Observes ShutdownEvent event) {
        gateway.routes().webSockets().close();
    }

    /** For an application that waits. */
    static final class Waiting implements ShutdownListener {

        @Override
        public void shutdown(ShutdownNotification notification) {
            Arc.container().instance(ServedGateway.class).get().routes().webSockets().retire()
                    .onComplete(closed -> notification.done());
        }
    }
}
