package io.quarkiverse.llm.messaging.runtime.config;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long the workers of an application want a shutdown to wait. Quarkus waits for nobody unless {@value #KEY} is set, and
 * never longer than that.
 */
public final class ShutdownTimes {

    /** How long Quarkus waits for all that is under way. */
    public static final String KEY = "quarkus.shutdown.timeout";
    /** For who is stopped at the end of its time to be given back. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final Map<String, Duration> workers = new TreeMap<>();

    private ShutdownTimes() {
    }

    public static ShutdownTimes of(LlmMessagingRuntimeConfig config) {
        ShutdownTimes times = new ShutdownTimes();
        config.workers().forEach((name, worker) -> {
            if (worker.enabled() && worker.shutdownTimeout().toMillis() > 0) {
                times.workers.put(name, worker.shutdownTimeout());
            }
        });
        return times;
    }

    /** What Quarkus has to wait for all of them; empty when none wants any. */
    public Optional<Duration> needed() {
        return workers.values().stream().max(Comparator.naturalOrder()).map(MARGIN::plus);
    }

    /**
     * A sentence for each worker that will not get its time.
     *
     * @param timeout how long Quarkus waits
     */
    public List<String> warnings(Optional<Duration> timeout) {
        return workers.entrySet().stream().filter(worker -> timeout.orElse(Duration.ZERO).compareTo(worker.getValue()) < 0)
                .map(worker -> MessagingKey.worker(worker.getKey(), "shutdown-timeout") + " is " + worker.getValue().toMillis()
                        + " ms, but a shutdown waits " + timeout.orElse(Duration.ZERO).toMillis() + " ms at most: raise " + KEY
                        + ", or remove it, and it follows the workers")
                .toList();
    }
}
