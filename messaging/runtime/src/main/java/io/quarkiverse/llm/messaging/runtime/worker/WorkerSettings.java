package io.quarkiverse.llm.messaging.runtime.worker;

import io.quarkiverse.llm.messaging.LlmWorkerOptions;
import io.quarkiverse.llm.messaging.runtime.config.MessagingKey;
import io.quarkiverse.llm.messaging.runtime.config.WorkerConfig;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Reads the configuration of one worker, and refuses what cannot be. */
final class WorkerSettings {

    private WorkerSettings() {
    }

    /**
     * @throws ConfigurationException with a sentence that names the key
     */
    static LlmWorkerOptions of(String name, WorkerConfig config) {
        LlmWorkerOptions.Builder options = LlmWorkerOptions.builder().concurrency(config.concurrency())
                .maxAttempts(config.maxAttempts()).retryDelay(config.retryDelay()).timeout(config.timeout())
                .idempotencyWindow(config.idempotencyWindow()).idempotencyKeys(config.idempotencyKeys())
                .maxUnwrittenEvents(config.maxUnwrittenEvents()).shutdownTimeout(config.shutdownTimeout());
        config.maxInFlight().ifPresent(options::maxInFlight);
        try {
            return options.build();
        } catch (IllegalArgumentException e) {
            // which says it all: with a cause, the start would show the traces of both
            throw new ConfigurationException(MessagingKey.worker(name) + "." + e.getMessage());
        }
    }
}
