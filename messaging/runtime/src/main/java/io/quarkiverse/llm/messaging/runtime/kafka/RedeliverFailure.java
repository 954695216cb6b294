package io.quarkiverse.llm.messaging.runtime.kafka;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

import io.quarkiverse.llm.messaging.DeadLetterException;
import io.quarkiverse.llm.messaging.runtime.channel.KafkaStrategies;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.ContextHolder;
import io.smallrye.reactive.messaging.kafka.fault.KafkaFailureHandler;
import io.vertx.mutiny.core.Vertx;

/**
 * The failure strategy {@value KafkaStrategies#REDELIVER}: a record that was refused is handed out again after a while, and
 * stays unfinished in the log until then. Others overtake it.
 * <p>
 * One that was refused with a {@link DeadLetterException} is not: it goes where the connector's own strategy for dead letters
 * puts it, if the channel says where that is, and is finished.
 */
public final class RedeliverFailure extends ContextHolder implements KafkaFailureHandler {

    private static final Logger LOG = Logger.getLogger(RedeliverFailure.class);
    private static final String DEAD_LETTERS = "dead-letter-queue.topic";
    /** Nothing here waits for the context. */
    private static final int NO_TIMEOUT = 0;

    private final String channel;
    /** Empty when the channel does not say where dead letters go. */
    private final Optional<KafkaFailureHandler> deadLetters;
    private final BiConsumer<Throwable, Boolean> reportFailure;

    private RedeliverFailure(String channel, Optional<KafkaFailureHandler> deadLetters, Vertx vertx,
            BiConsumer<Throwable, Boolean> reportFailure) {
        super(vertx, NO_TIMEOUT);
        this.channel = channel;
        this.deadLetters = deadLetters;
        this.reportFailure = reportFailure;
    }

    /** Makes one for each consumer. */
    @ApplicationScoped
    @Identifier(KafkaStrategies.REDELIVER)
    public static class Factory implements KafkaFailureHandler.Factory {

        private final Instance<KafkaFailureHandler.Factory> deadLetterQueue;

        Factory(@Identifier(Strategy.DEAD_LETTER_QUEUE) Instance<KafkaFailureHandler.Factory> deadLetterQueue) {
            this.deadLetterQueue = deadLetterQueue;
        }

        @Override
        public KafkaFailureHandler create(KafkaConnectorIncomingConfiguration config, Vertx vertx, KafkaConsumer<?, ?> consumer,
                BiConsumer<Throwable, Boolean> reportFailure) {
            String key = key(config.getChannel(), DEAD_LETTERS);
            // only then: it has a producer of its own
            Optional<KafkaFailureHandler> deadLetters = config.getDeadLetterQueueTopic()
                    .map(topic -> elsewhere(key, topic, config))
                    .map(topic -> deadLetterQueue.get().create(config, vertx, consumer, reportFailure));
            return new RedeliverFailure(config.getChannel(), deadLetters, vertx, reportFailure);
        }

        private static String elsewhere(String key, String topic, KafkaConnectorIncomingConfiguration config) {
            if (reads(config, topic)) {
                throw new ConfigurationException(key + " is '" + topic + "', where the channel " + config.getChannel()
                        + " itself reads, so that each dead letter would come back for ever: set it to another topic");
            }
            return topic;
        }

        private static boolean reads(KafkaConnectorIncomingConfiguration config, String topic) {
            String own = config.getTopic().orElse(config.getChannel());
            if (config.getPattern()) {
                return Pattern.matches(own, topic);
            }
            return config.getTopics().map(topics -> Stream.of(topics.split(",")).map(String::strip).anyMatch(topic::equals))
                    .orElse(topic.equals(own));
        }
    }

    @Override
    public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record, Throwable reason, Metadata metadata) {
        Optional<KafkaDelivery> delivery = record.getMetadata().get(KafkaDelivery.class);
        if (delivery.isEmpty()) {
            IllegalStateException wrong = new IllegalStateException(key("failure-strategy") + "=" + KafkaStrategies.REDELIVER
                    + " needs " + key("commit-strategy") + "=" + KafkaStrategies.LEDGER, reason);
            reportFailure.accept(wrong, true);
            return Uni.createFrom().<Void> failure(wrong).emitOn(record::runOnMessageContext);
        }
        Uni<Void> handled = Uni.createFrom().voidItem();
        if (reason instanceof DeadLetterException dead) {
            handled = bury(record, dead, metadata, delivery.get());
        } else {
            giveBack(record, delivery.get(), reason.toString());
        }
        return handled.emitOn(record::runOnMessageContext);
    }

    private <K, V> Uni<Void> bury(IncomingKafkaRecord<K, V> record, DeadLetterException dead, Metadata metadata,
            KafkaDelivery delivery) {
        if (deadLetters.isEmpty()) {
            LOG.warnf("Channel %s: record %s of %s-%s, the request '%s', is dropped, as nobody will try again: %s. "
                    + "Set %s to keep such records.", channel, record.getOffset(), record.getTopic(), record.getPartition(),
                    dead.correlationId(), dead.getMessage(), key(DEAD_LETTERS));
            return Uni.createFrom().completionStage(record::ack);
        }
        // acknowledges it, too; one at a time
        return Uni.createFrom().deferred(() -> deadLetters.get().handle(record, dead, metadata))
                .runSubscriptionOn(this::runOnContext)
                .onFailure().recoverWithUni(failure -> {
                    giveBack(record, delivery, "Its dead letter cannot be written: " + failure);
                    return Uni.createFrom().voidItem();
                });
    }

    private void giveBack(IncomingKafkaRecord<?, ?> record, KafkaDelivery delivery, String reason) {
        delivery.ledgers().giveBack(record, delivery.assignment(), reason);
    }

    private String key(String attribute) {
        return key(channel, attribute);
    }

    private static String key(String channel, String attribute) {
        return "mp.messaging.incoming." + channel + "." + attribute;
    }

    @Override
    public void terminate() {
        deadLetters.ifPresent(KafkaFailureHandler::terminate);
    }
}
