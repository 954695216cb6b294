package io.quarkiverse.llm.messaging.runtime.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

import io.quarkiverse.llm.messaging.runtime.channel.KafkaStrategies;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;

/**
 * The strategy {@value KafkaStrategies#SINCE_START}, for a consumer group that no other process has. When a partition is
 * assigned for the first time it is read from when this process started: what was sent before the group had its partitions is
 * not lost, as it would be from the end on. Later it goes on behind what was handed out last. Nothing is committed.
 */
public final class SinceStart implements KafkaCommitHandler {

    private static final Logger LOG = Logger.getLogger(SinceStart.class);
    /** Records have the time of who sent them, whose clock may be behind. */
    private static final Duration CLOCKS = Duration.ofSeconds(10);

    private final String channel;
    private final KafkaConsumer<?, ?> consumer;
    private final long startMillis = Instant.now().minus(CLOCKS).toEpochMilli();
    /** Behind what was handed out last. */
    private final Map<TopicPartition, Long> positions;

    private SinceStart(String channel, KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> positions) {
        this.channel = channel;
        this.consumer = consumer;
        this.positions = positions;
    }

    /** Makes one for each consumer; those of a group know where the others were. */
    @ApplicationScoped
    @Identifier(KafkaStrategies.SINCE_START)
    public static class Factory implements KafkaCommitHandler.Factory {

        private final Map<Object, Map<TopicPartition, Long>> groups = new ConcurrentHashMap<>();

        @Override
        public KafkaCommitHandler create(KafkaConnectorIncomingConfiguration config, Vertx vertx, KafkaConsumer<?, ?> consumer,
                BiConsumer<Throwable, Boolean> reportFailure) {
            return new SinceStart(config.getChannel(), consumer, groups.computeIfAbsent(
                    consumer.configuration().get(ConsumerConfig.GROUP_ID_CONFIG), group -> new ConcurrentHashMap<>()));
        }
    }

    /** On the polling thread, before the first record is asked for. */
    @Override
    public void partitionsAssigned(Collection<TopicPartition> partitions) {
        List<TopicPartition> unread = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Long position = positions.get(partition);
            if (position == null) {
                unread.add(partition);
            } else {
                consumer.unwrap().seek(partition, position);
            }
        }
        if (!unread.isEmpty()) {
            try {
                seekToStart(consumer.unwrap(), unread);
            } catch (KafkaException e) {
                LOG.warnf("Channel %s: where %s stood when this process started cannot be found, so it is read from its "
                        + "beginning: %s", channel, unread, e);
                consumer.unwrap().seekToBeginning(unread);
            }
        }
    }

    private void seekToStart(Consumer<?, ?> client, List<TopicPartition> unread) {
        // the end comes first: what is written between the two questions has a time since the start, or is behind this end
        Map<TopicPartition, Long> ends = client.endOffsets(unread);
        Map<TopicPartition, Long> start = new HashMap<>();
        unread.forEach(partition -> start.put(partition, startMillis));
        Map<TopicPartition, OffsetAndTimestamp> found = client.offsetsForTimes(start);
        for (TopicPartition partition : unread) {
            OffsetAndTimestamp first = found.get(partition);
            client.seek(partition, first == null ? ends.get(partition) : first.offset());
        }
    }

    @Override
    public <K, V> Uni<IncomingKafkaRecord<K, V>> received(IncomingKafkaRecord<K, V> record) {
        positions.put(new TopicPartition(record.getTopic(), record.getPartition()), record.getOffset() + 1);
        return Uni.createFrom().item(record);
    }

    @Override
    public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record) {
        return Uni.createFrom().voidItem().emitOn(record::runOnMessageContext);
    }
}
