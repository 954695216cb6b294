package io.quarkiverse.llm.messaging.runtime;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.messaging.DeadLetterException;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.LlmWorkerOptions;
import io.quarkiverse.llm.messaging.LlmWorkers;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelOutbox;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.quarkiverse.llm.messaging.runtime.channel.Outbox;
import io.quarkiverse.llm.messaging.runtime.worker.TraceContext;
import io.quarkiverse.llm.messaging.runtime.worker.Worker;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;

/** Workers whose channels the application ties itself. */
public final class WorkersByHand implements LlmWorkers {

    /** The application has no such channel: its events end with the same. */
    private static final Outbox NOWHERE = (message, written) -> {
        written.accept(null);
        return Outbox.Withdrawal.TOO_LATE;
    };

    /** The connector has a place for them. */
    private static final Outbox REFUSE = (message, written) -> {
        written.accept(new DeadLetterException(message.headers().correlationId(), ((LlmMessage.DeadLetter) message).reason()));
        return Outbox.Withdrawal.NEVER_TAKEN;
    };

    private final Function<String, LlmProvider> providers;
    private final MessageMapper mapper;
    private final Vertx vertx;
    private final TraceContext traces;
    private final Set<Worker> running = ConcurrentHashMap.newKeySet();

    /**
     * @param providers finds one by its name, or throws an {@link IllegalArgumentException}
     */
    WorkersByHand(Function<String, LlmProvider> providers, MessageMapper mapper, Vertx vertx, TraceContext traces) {
        this.providers = providers;
        this.mapper = mapper;
        this.vertx = vertx;
        this.traces = traces;
    }

    @Override
    public Multi<Message<byte[]>> answer(String provider, String channel, Multi<? extends Message<?>> requests,
            LlmWorkerOptions options) {
        LlmProvider answering = providers.apply(provider);
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(requests, "requests");
        Objects.requireNonNull(options, "options");
        return Multi.createFrom().deferred(() -> {
            ChannelOutbox events = new ChannelOutbox(channel, mapper);
            Worker worker = new Worker(channel, options, answering, mapper, new Worker.Outboxes(events, NOWHERE, REFUSE), vertx,
                    traces);
            return events.<Message<byte[]>> map(WorkersByHand::bytes)
                    .onSubscription().invoke(() -> begin(worker, requests, events))
                    .onCancellation().invoke(worker::close)
                    .onTermination().invoke(() -> running.remove(worker));
        });
    }

    private void begin(Worker worker, Multi<? extends Message<?>> requests, ChannelOutbox events) {
        running.add(worker);
        worker.ended().subscribe().with(events::end, failure -> events.end(Optional.of(failure)));
        requests.<Message<?>> map(request -> request).subscribe().withSubscriber(worker.requests());
    }

    @SuppressWarnings("unchecked")
    private static Message<byte[]> bytes(Message<?> message) {
        return (Message<byte[]>) message;
    }

    @Override
    public void cancel(String correlationId) {
        running.forEach(worker -> worker.cancel(correlationId));
    }

    Collection<Worker> workers() {
        return List.copyOf(running);
    }
}
