package io.quarkiverse.llm.messaging.runtime.worker;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Flow;
import java.util.function.LongSupplier;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.messaging.LlmWorkerOptions;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.quarkiverse.llm.messaging.runtime.channel.Outbox;
import io.quarkiverse.llm.messaging.runtime.config.WorkerConfig;
import io.smallrye.common.net.HostName;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Answers the requests of one channel. Thread-safe. */
public final class Worker {

    private final Engine engine;
    private final CancelIntake cancels;

    /**
     * Where a worker's messages go.
     *
     * @param events as they stream, failures among them
     * @param responses whole answers and failures
     * @param deadLetters what nobody will try again
     */
    public record Outboxes(Outbox events, Outbox responses, Outbox deadLetters) {
    }

    /**
     * @param inputs where it reads, as its connector has it: no answer goes there
     * @param traces continues the traces of requests
     * @throws io.quarkus.runtime.configuration.ConfigurationException with a sentence that names the key, when a setting cannot
     *         be
     */
    public Worker(String name, WorkerConfig config, LlmProvider provider, MessageMapper mapper, Outboxes outboxes,
            Set<String> inputs, Vertx vertx, TraceContext traces) {
        this(name, WorkerSettings.of(name, config), provider, mapper, outboxes, inputs, vertx, traces, System::nanoTime);
    }

    /**
     * Nobody knows where it reads.
     *
     * @param traces continues the traces of requests
     */
    public Worker(String name, LlmWorkerOptions options, LlmProvider provider, MessageMapper mapper, Outboxes outboxes,
            Vertx vertx, TraceContext traces) {
        this(name, options, provider, mapper, outboxes, Set.of(), vertx, traces, System::nanoTime);
    }

    Worker(String name, LlmWorkerOptions options, LlmProvider provider, MessageMapper mapper, Outboxes outboxes,
            Set<String> inputs, Vertx vertx, TraceContext traces, LongSupplier nanos) {
        engine = new Engine(uniqueName(name), options, provider, mapper, outboxes, inputs, vertx, traces, nanos);
        cancels = new CancelIntake(mapper, engine::cancel);
    }

    /** Of this start of this process: what it sends is told from what it sent before a crash. */
    private static String uniqueName(String name) {
        return name + "@" + HostName.getHostName() + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** What takes the messages of the channel of requests. */
    public Flow.Subscriber<Message<?>> requests() {
        return engine.intake();
    }

    /** What takes the messages of the channel of cancels. */
    public Flow.Subscriber<Message<?>> cancels() {
        return cancels;
    }

    /** Stops this request, or does not begin it when it comes. */
    public void cancel(String correlationId) {
        engine.cancel(correlationId);
    }

    /** Done when the channel of requests has ended, and all that came of it is finished; with why it failed, if it did. */
    public Uni<Optional<Throwable>> ended() {
        return Uni.createFrom().completionStage(engine::ended);
    }

    /** Takes no further requests; done when those under way are finished, or given back. */
    public Uni<Void> shutdown() {
        return Uni.createFrom().completionStage(engine::shutdown);
    }

    /** When all that it was told before is done. */
    void runAfterAll(Runnable action) {
        engine.run(action);
    }

    /** Leaves the channel of requests and gives back all that is under way, at once. */
    public void close() {
        engine.close();
    }
}
