package io.quarkiverse.llm.messaging.runtime.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.quarkiverse.llm.messaging.LlmWorkerOptions;
import io.quarkiverse.llm.messaging.runtime.config.MessagingKey;
import io.quarkiverse.llm.messaging.runtime.config.WorkerConfig;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Reads the configuration of one worker, and refuses what cannot be. */
final class WorkerSettings {

    private WorkerSettings() {
    }

    /**
     * @throws ConfigurationException with a sentence for each mistake, which names the key
     */
    static LlmWorkerOptions of(String name, WorkerConfig config) {
        List<UnaryOperator<LlmWorkerOptions.Builder>> settings = List.of(
                options -> concurrency(config, options),
                options -> options.maxAttempts(config.maxAttempts()),
                options -> options.retryDelay(config.retryDelay()),
                options -> options.timeout(config.timeout()),
                options -> options.idempotencyWindow(config.idempotencyWindow()),
                options -> options.idempotencyKeys(config.idempotencyKeys()),
                options -> options.maxUnwrittenEvents(config.maxUnwrittenEvents()),
                options -> options.shutdownTimeout(config.shutdownTimeout()));
        LlmWorkerOptions.Builder options = LlmWorkerOptions.builder();
        List<String> mistakes = new ArrayList<>();
        settings.forEach(setting -> {
            setting.apply(options);
            try {
                // alone, so that each mistake is told
                setting.apply(LlmWorkerOptions.builder()).build();
            } catch (IllegalArgumentException e) {
                mistakes.add(MessagingKey.worker(name) + "." + e.getMessage());
            }
        });
        if (!mistakes.isEmpty()) {
            // which say it all: with a cause, the start would show the traces of both
            throw new ConfigurationException(String.join("\n", mistakes));
        }
        return options.build();
    }

    /** One bounds the other. */
    private static LlmWorkerOptions.Builder concurrency(WorkerConfig config, LlmWorkerOptions.Builder options) {
        options.concurrency(config.concurrency());
        config.maxInFlight().ifPresent(options::maxInFlight);
        return options;
    }
}
