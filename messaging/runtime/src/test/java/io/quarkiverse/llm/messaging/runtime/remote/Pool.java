package io.quarkiverse.llm.messaging.runtime.remote;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.quarkiverse.llm.messaging.runtime.channel.Outbox;
import io.quarkiverse.llm.messaging.runtime.config.LlmMessagingRuntimeConfig;
import io.quarkiverse.llm.messaging.runtime.config.RemoteConfig;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** A remote provider called {@code pool}, with the test in the place of the channels and the workers. */
final class Pool {

    /** One for all, which ends with the tests. */
    static final Vertx VERTX = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
    static final String EVENTS = "pool-events";
    static final LlmRequest REQUEST = LlmRequest.of("Why is the sky blue?");

    final MessageMapper mapper = new MessageMapper(channel -> Optional.empty(), List.of(new CastingMapping()));
    final List<LlmMessage.Request> requests = new CopyOnWriteArrayList<>();
    final List<LlmMessage.Cancel> cancels = new CopyOnWriteArrayList<>();
    final List<Consumer<Throwable>> written = new CopyOnWriteArrayList<>();
    final RemoteProvider provider;
    private final List<MessageHeaders> acknowledged = new CopyOnWriteArrayList<>();

    Pool() {
        this(Map.of());
    }

    Pool(Map<String, String> settings) {
        this(settings, TraceHeaders.NONE);
    }

    Pool(Map<String, String> settings, TraceHeaders trace) {
        provider = provider(settings, trace, (message, done) -> {
            requests.add((LlmMessage.Request) message);
            written.add(done);
            return Outbox.Withdrawal.TOO_LATE;
        });
    }

    /** Its requests go to this outbox, and nobody writes them down. */
    Pool(Map<String, String> settings, Outbox toRequests) {
        provider = provider(settings, TraceHeaders.NONE, toRequests);
    }

    private RemoteProvider provider(Map<String, String> settings, TraceHeaders trace, Outbox toRequests) {
        Outbox toCancels = (message, done) -> {
            cancels.add((LlmMessage.Cancel) message);
            return Outbox.Withdrawal.TOO_LATE;
        };
        return new RemoteProvider("pool", config(settings), mapper, new RemoteProvider.Outboxes(toRequests, toCancels), VERTX,
                trace);
    }

    /** Asks why the sky is blue, and waits until the request is sent. */
    Listener subscribe() {
        return subscribe(REQUEST, new Listener());
    }

    Listener subscribe(LlmRequest request, Listener listener) {
        int before = requests.size();
        provider.stream(request).subscribe(listener);
        await().atMost(patience()).until(() -> requests.size() > before || !listener.ends.isEmpty());
        return listener;
    }

    static RemoteConfig config(Map<String, String> settings) {
        Map<String, String> keys = new java.util.HashMap<>(Map.of("quarkus.llm-messaging.remotes.pool.enabled", "true"));
        settings.forEach((member, value) -> keys.put("quarkus.llm-messaging.remotes.pool." + member, value));
        return new SmallRyeConfigBuilder().addDiscoveredConverters()
                .withConverter(io.quarkus.runtime.configuration.MemorySize.class, 100, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(keys, "test", 100)).withMapping(LlmMessagingRuntimeConfig.class)
                .build().getConfigMapping(LlmMessagingRuntimeConfig.class).remotes().get("pool");
    }

    /** The messages of one attempt at the request that was sent as this one. */
    final class Attempt {

        private final MessageHeaders headers;
        private long sequence;

        Attempt(int request, int number, String worker) {
            headers = MessageHeaders.of(requests.get(request).headers().correlationId()).withAttempt(number, worker);
        }

        Attempt send(LlmEvent... events) {
            for (LlmEvent event : events) {
                receive(new LlmMessage.Event(headers.withSequence(sequence++), event));
            }
            return this;
        }

        Attempt lose(int events) {
            sequence += events;
            return this;
        }

        /** The worker is told that its last event was not written. */
        Attempt unwritten() {
            sequence--;
            return this;
        }

        Attempt repeat(LlmEvent event) {
            receive(new LlmMessage.Event(headers.withSequence(sequence - 1), event));
            return this;
        }

        Attempt fail(LlmException failure) {
            receive(new LlmMessage.Failure(headers.withSequence(sequence++), failure));
            return this;
        }

        /** A whole answer of these pieces. */
        Attempt answer(String... pieces) {
            send(started(headers.attempt()));
            for (String piece : pieces) {
                send(text(piece));
            }
            return send(completed(String.join("", pieces)));
        }
    }

    Attempt attempt(int number, String worker) {
        return new Attempt(requests.size() - 1, number, worker);
    }

    Attempt attempt() {
        return attempt(1, "worker");
    }

    void receive(LlmMessage message) {
        provider.events().onNext(mapper.write(EVENTS, message).withAck(() -> {
            acknowledged.add(message.headers());
            return java.util.concurrent.CompletableFuture.completedFuture(null);
        }));
    }

    List<MessageHeaders> acknowledged() {
        return new ArrayList<>(acknowledged);
    }

    static LlmEvent started(int attempt) {
        return new LlmEvent.ResponseStarted("response-" + attempt, "model", Instant.EPOCH);
    }

    static LlmEvent itemStarted() {
        return new LlmEvent.ItemStarted("item", 0, new Message(Optional.of("item"), Optional.empty(), Role.ASSISTANT,
                List.of(), Optional.empty()));
    }

    static LlmEvent text(String delta) {
        return new LlmEvent.TextDelta("item", 0, 0, delta, Optional.empty());
    }

    static LlmEvent completed(String text) {
        return new LlmEvent.ResponseCompleted(LlmResponse.builder().id("response").model("model").createdAt(Instant.EPOCH)
                .status(ResponseStatus.COMPLETED).finishReason(FinishReason.STOP).items(List.of(Message.assistant(text)))
                .build());
    }

    static Duration patience() {
        return Duration.ofSeconds(10);
    }
}
