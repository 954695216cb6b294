package io.quarkiverse.llm.messaging.runtime.kafka;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;

import io.quarkiverse.llm.messaging.broker.KafkaBroker;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaCDIEvents;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.smallrye.reactive.messaging.kafka.fault.KafkaDeadLetterSerializationHandler;
import io.smallrye.reactive.messaging.kafka.fault.KafkaFailStop;
import io.smallrye.reactive.messaging.kafka.fault.KafkaFailureHandler;
import io.smallrye.reactive.messaging.kafka.fault.KafkaIgnoreFailure;
import io.smallrye.reactive.messaging.kafka.impl.KafkaSource;
import io.vertx.mutiny.core.Vertx;

/** An incoming channel of the real connector with our strategies, outside of an application. */
final class KafkaChannel implements AutoCloseable {

    private final KafkaSource<String, byte[]> source;
    private final CountDownLatch thaw = new CountDownLatch(1);
    final List<IncomingKafkaRecord<String, byte[]>> received = new CopyOnWriteArrayList<>();

    KafkaChannel(Vertx vertx, KafkaBroker broker, Map<String, String> attributes) {
        Map<String, String> all = new HashMap<>(Map.of("channel-name", "requests", "bootstrap.servers",
                broker.bootstrapServers(), "poll-timeout", "10", "session.timeout.ms", "6000", "max.poll.interval.ms", "1500",
                "heartbeat.interval.ms", "200", "partition.assignment.strategy",
                "org.apache.kafka.clients.consumer.CooperativeStickyAssignor", "auto.offset.reset", "earliest",
                "value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer"));
        all.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        all.put("connector", "smallrye-kafka");
        all.put("tracing-enabled", "false");
        all.put("reconnect.backoff.max.ms", "500");
        all.putAll(attributes);
        Config config = new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(all, "channel", 100)).build();
        this.source = new KafkaSource<>(vertx, all.get("group.id"), new KafkaConnectorIncomingConfiguration(config), none(),
                instances(Map.<String, KafkaCommitHandler.Factory> of("llm", new LedgerCommit.Factory(), "llm-since-start",
                        new SinceStart.Factory())),
                instances(failureStrategies()), none(),
                new SilentEvents(), none(), none(), -1);
    }

    private static Map<String, KafkaFailureHandler.Factory> failureStrategies() {
        KafkaFailureHandler.Factory deadLetterQueue = DeadLetterQueue.factory(new SilentEvents(), none(),
                instances(Map.of("dlq-serialization", new KafkaDeadLetterSerializationHandler())));
        return Map.of("llm", new RedeliverFailure.Factory(instances(Map.of("dead-letter-queue", deadLetterQueue))),
                "dead-letter-queue", deadLetterQueue, "ignore", new KafkaIgnoreFailure.Factory(), "fail",
                new KafkaFailStop.Factory());
    }

    KafkaChannel subscribed() {
        subscribe(Long.MAX_VALUE);
        return this;
    }

    AssertSubscriber<?> subscribe(long demand) {
        return source.getStream().invoke(received::add).subscribe().withSubscriber(AssertSubscriber.create(demand));
    }

    void subscribe(Flow.Subscriber<Message<?>> worker) {
        source.getStream().invoke(received::add).<Message<?>> map(record -> record).subscribe(worker);
    }

    IncomingKafkaRecord<String, byte[]> record(String value) {
        return received.stream().filter(record -> value.equals(new String(record.getPayload()))).reduce((first, last) -> last)
                .orElseThrow();
    }

    List<String> values() {
        return received.stream().map(record -> new String(record.getPayload())).toList();
    }

    static int earlier(Message<?> message) {
        return new KafkaHeaders().earlierAttempts(message);
    }

    /** As a worker does. */
    static void begin(Message<?> message) {
        new KafkaHeaders().begins(message);
    }

    /** As when the process stands still: the others of the group think that it is dead, and nothing is committed any more. */
    KafkaChannel freeze() {
        source.getConsumer().runOnPollingThread(client -> {
            try {
                thaw.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }).subscribe().asCompletionStage();
        return this;
    }

    /** Whether it does not poll for the moment. */
    boolean isHeldUp() {
        try {
            source.getConsumer().runOnPollingThread(client -> {
            }).await().atMost(Duration.ofSeconds(1));
            return false;
        } catch (TimeoutException e) {
            return true;
        }
    }

    /** Of what it is not asked for the broker sends nothing. */
    Set<TopicPartition> paused() {
        return ask(Consumer::paused);
    }

    /** Behind what the broker has handed out to this process. */
    long position(String topic, int partition) {
        return ask(client -> client.position(new TopicPartition(topic, partition)));
    }

    private <T> T ask(Function<Consumer<?, ?>, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        source.getConsumer().runOnPollingThread(client -> {
            answer.complete(question.apply(client));
        }).subscribe().with(done -> {
        }, answer::completeExceptionally);
        return answer.orTimeout(10, TimeUnit.SECONDS).join();
    }

    void thaw() {
        thaw.countDown();
    }

    @Override
    public void close() {
        thaw();
        source.closeQuietly();
    }

    private static <T> Instance<T> none() {
        return instances(Map.of());
    }

    @SuppressWarnings("unchecked")
    private static <T> Instance<T> instances(Map<String, T> named) {
        return (Instance<T>) Proxy.newProxyInstance(KafkaChannel.class.getClassLoader(), new Class<?>[] { Instance.class },
                (proxy, method, args) -> switch (method.getName()) {
                    case "select" -> instances(selected(named, ((Annotation[]) args[0])[0]));
                    case "isResolvable" -> named.size() == 1;
                    case "isUnsatisfied" -> named.isEmpty();
                    case "get" -> named.values().iterator().next();
                    case "iterator" -> named.values().iterator();
                    case "stream" -> named.values().stream();
                    case "handlesStream" -> Stream.empty();
                    case "handles" -> List.of();
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    private static <T> Map<String, T> selected(Map<String, T> named, Annotation qualifier) {
        T one = qualifier instanceof Identifier identifier ? named.get(identifier.value()) : null;
        return one == null ? Map.of() : Map.of(((Identifier) qualifier).value(), one);
    }

    /** Nobody listens. */
    private static final class SilentEvents extends KafkaCDIEvents {

        @Override
        public Event<Consumer<?, ?>> consumer() {
            return silent();
        }

        @Override
        public Event<Producer<?, ?>> producer() {
            return silent();
        }

        @SuppressWarnings("unchecked")
        private static <T> Event<T> silent() {
            return (Event<T>) Proxy.newProxyInstance(KafkaChannel.class.getClassLoader(), new Class<?>[] { Event.class },
                    (proxy, method, args) -> null);
        }
    }
}
