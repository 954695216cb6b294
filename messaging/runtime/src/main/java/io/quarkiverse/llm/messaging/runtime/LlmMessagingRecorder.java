package io.quarkiverse.llm.messaging.runtime;

import java.util.function.Supplier;

import io.quarkiverse.llm.LlmProvider;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.annotations.Recorder;
import io.quarkus.runtime.shutdown.ShutdownListener;

/** What the build hands over to the start. */
@Recorder
public class LlmMessagingRecorder {

    /** The remote provider with this name, which the configuration showed to the build. */
    public Supplier<LlmProvider> remote(String name) {
        return () -> Arc.container().instance(RemoteProviders.class).get().provider(name);
    }

    public ShutdownListener shutdown() {
        return new WorkerShutdown();
    }
}
