package io.quarkiverse.llm.messaging.runtime.kafka;

import java.util.Optional;
import java.util.function.BiConsumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Metadata;

import io.quarkiverse.llm.messaging.runtime.channel.KafkaStrategies;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.fault.KafkaFailureHandler;
import io.vertx.mutiny.core.Vertx;

/**
 * The failure strategy {@value KafkaStrategies#REDELIVER}: a record that was refused is handed out again after a while, and
 * stays unfinished in the log until then. Others overtake it.
 */
public final class RedeliverFailure implements KafkaFailureHandler {

    private final String channel;
    private final BiConsumer<Throwable, Boolean> reportFailure;

    private RedeliverFailure(String channel, BiConsumer<Throwable, Boolean> reportFailure) {
        this.channel = channel;
        this.reportFailure = reportFailure;
    }

    /** Makes one for each consumer. */
    @ApplicationScoped
    @Identifier(KafkaStrategies.REDELIVER)
    public static class Factory implements KafkaFailureHandler.Factory {

        @Override
        public KafkaFailureHandler create(KafkaConnectorIncomingConfiguration config, Vertx vertx, KafkaConsumer<?, ?> consumer,
                BiConsumer<Throwable, Boolean> reportFailure) {
            return new RedeliverFailure(config.getChannel(), reportFailure);
        }
    }

    @Override
    public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record, Throwable reason, Metadata metadata) {
        Optional<KafkaDelivery> delivery = record.getMetadata().get(KafkaDelivery.class);
        if (delivery.isEmpty()) {
            IllegalStateException wrong = new IllegalStateException("mp.messaging.incoming." + channel + ".failure-strategy="
                    + KafkaStrategies.REDELIVER + " needs " + "mp.messaging.incoming." + channel + ".commit-strategy="
                    + KafkaStrategies.LEDGER, reason);
            reportFailure.accept(wrong, true);
            return Uni.createFrom().<Void> failure(wrong).emitOn(record::runOnMessageContext);
        }
        delivery.get().ledgers().giveBack(record, delivery.get().assignment(), reason);
        return Uni.createFrom().voidItem().emitOn(record::runOnMessageContext);
    }
}
