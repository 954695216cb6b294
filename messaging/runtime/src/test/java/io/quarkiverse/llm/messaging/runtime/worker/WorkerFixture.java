package io.quarkiverse.llm.messaging.runtime.worker;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.LlmWorkerOptions;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.channel.HeaderMap;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.vertx.core.Vertx;

/** A worker with both ends of its channels in the hands of the test. */
final class WorkerFixture implements AutoCloseable {

    /** A request on its way. */
    static final class Sent {

        final String correlationId;
        volatile boolean acknowledged;
        volatile Throwable refused;

        Sent(String correlationId) {
            this.correlationId = correlationId;
        }

        boolean isConcluded() {
            return acknowledged || refused != null;
        }
    }

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    final Vertx vertx = Vertx.vertx();
    final CountedAttempts attempts = new CountedAttempts();
    final MessageMapper mapper = new MessageMapper(channel -> Optional.empty(), List.of(attempts));
    final WrittenMessages events = new WrittenMessages("events", mapper);
    final WrittenMessages responses = new WrittenMessages("responses", mapper);
    final WrittenMessages deadLetters = new WrittenMessages("dead-letters", mapper);
    final SteeredProvider provider = new SteeredProvider();
    final AtomicLong demand = new AtomicLong();
    final AtomicLong nanos = new AtomicLong();
    final List<Sent> sent = new CopyOnWriteArrayList<>();
    final Worker worker;
    volatile boolean left;
    /** How the connector takes refusals. */
    volatile CompletableFuture<Void> refusal = DONE;

    static LlmWorkerOptions.Builder options() {
        return LlmWorkerOptions.builder().retryDelay(Duration.ofMillis(1)).shutdownTimeout(Duration.ofMillis(50));
    }

    WorkerFixture() {
        this(options().build());
    }

    WorkerFixture(LlmWorkerOptions options) {
        this(options, TraceContext.NONE);
    }

    WorkerFixture(LlmWorkerOptions options, TraceContext traces) {
        worker = new Worker("pool", options, provider, mapper,
                new Worker.Outboxes(events.outbox(), responses.outbox(), deadLetters.outbox()),
                Set.of("pool-requests", "pool-cancels"), vertx, traces, nanos::get);
        worker.requests().onSubscribe(new Flow.Subscription() {

            @Override
            public void request(long n) {
                demand.addAndGet(n);
            }

            @Override
            public void cancel() {
                left = true;
            }
        });
        worker.cancels().onSubscribe(new Flow.Subscription() {

            @Override
            public void request(long n) {
                // as many as there are
            }

            @Override
            public void cancel() {
                // nothing to stop
            }
        });
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                .until(() -> demand.get() == options.maxInFlight());
    }

    Sent send(String correlationId) {
        return send(MessageHeaders.of(correlationId));
    }

    Sent send(String correlationId, String conversation) {
        return send(MessageHeaders.of(correlationId).withConversation(conversation));
    }

    Sent send(MessageHeaders headers) {
        return send(headers, mapper.write("requests",
                new LlmMessage.Request(headers, LlmRequest.of(headers.correlationId()))));
    }

    Sent sendRaw(Map<String, String> headers, Object payload) {
        return send(MessageHeaders.of("raw"), Message.of(payload, Metadata.of(new HeaderMap(headers))));
    }

    private Sent send(MessageHeaders headers, Message<?> message) {
        Sent request = new Sent(headers.correlationId());
        sent.add(request);
        demand.decrementAndGet();
        worker.requests().onNext(message.withAck(() -> {
            request.acknowledged = true;
            return DONE;
        }).withNack(reason -> {
            request.refused = reason;
            return refusal;
        }));
        return request;
    }

    void cancel(String correlationId) {
        worker.cancels().onNext(mapper.write("cancels", new LlmMessage.Cancel(MessageHeaders.of(correlationId))));
    }

    void awaitAcknowledged(Sent... requests) {
        for (Sent request : requests) {
            await().until(() -> request.acknowledged);
        }
    }

    /** The last message of this request on the channel of events. */
    LlmMessage last(String correlationId) {
        List<LlmMessage> all = events.of(correlationId);
        return all.get(all.size() - 1);
    }

    LlmMessage.Failure failure(String correlationId) {
        return (LlmMessage.Failure) last(correlationId);
    }

    /** What the worker was told until now, it has done. */
    void settle() {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        worker.runAfterAll(() -> reached.complete(null));
        reached.join();
    }

    @Override
    public void close() {
        worker.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
