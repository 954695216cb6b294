package io.quarkiverse.llm.messaging.runtime;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.shutdown.ShutdownListener;

/** Lets workers finish what they answer, each for as long as it is configured to. */
public final class WorkerShutdown implements ShutdownListener {

    @Override
    public void shutdown(ShutdownNotification notification) {
        Arc.container().instance(Workers.class).get().shutdown().subscribe()
                .with(done -> notification.done(), failure -> notification.done());
    }
}
