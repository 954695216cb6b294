package io.quarkiverse.llm.deployment.dev;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/** Asks the model again and again, and tells it which object it is that asks and how often it has. */
@ApplicationScoped
public class Asker {

    private final String id = UUID.randomUUID().toString();
    private final Thread thread = new Thread(this::ask, "asker");

    @Inject
    LlmProvider llm;

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void ask() {
        try {
            for (int count = 1; !Thread.currentThread().isInterrupted(); count++) {
                answer(id + " " + count);
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            // the application stops
        }
    }

    private void answer(String question) {
        try {
            llm.completeAndAwait(LlmRequest.of(question));
        } catch (LlmException e) {
            // the server sees who does not ask any more
        }
    }
}
