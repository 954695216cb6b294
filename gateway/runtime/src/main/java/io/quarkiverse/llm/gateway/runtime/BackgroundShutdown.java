package io.quarkiverse.llm.gateway.runtime;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.shutdown.ShutdownListener;

/** Lets responses that are made in the background go on for as long as the shutdown waits: {@code quarkus.shutdown.timeout}. */
public final class BackgroundShutdown implements ShutdownListener {

    @Override
    public void shutdown(ShutdownNotification notification) {
        Arc.container().instance(ServedGateway.class).get().routes().whenIdle()
                .whenComplete((done, failure) -> notification.done());
    }
}
