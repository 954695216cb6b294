package io.quarkiverse.llm.messaging.runtime.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.jboss.logging.Logger;

import io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd;
import io.quarkiverse.llm.messaging.runtime.channel.KafkaStrategies;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.ContextHolder;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;

/**
 * The commit strategy {@value KafkaStrategies#LEDGER}: commits a {@link PartitionLedger} for each partition whenever an attempt
 * at a record begins or the record is finished, and goes on with the ledger of whoever had the partition before. One commit is
 * under way at a time; what happens meanwhile goes with the next.
 * <p>
 * A record that is finished comes no second time. One that is not comes again to the next owner, with the number of
 * {@link KafkaHeaders#earlierAttempts earlier attempts}. In the few milliseconds until the commit a crash makes the last step
 * forgotten: the record comes again as if it had not been finished, or that attempt not begun.
 */
public final class LedgerCommit extends ContextHolder implements KafkaCommitHandler {

    private static final Logger LOG = Logger.getLogger(LedgerCommit.class);
    private static final Duration LAST_COMMIT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final long FIRST_REDELIVERY_MILLIS = 500;
    private static final long LAST_REDELIVERY_MILLIS = 30_000;
    private static final int MOST_DOUBLINGS = 6;
    private static final long DRAIN_STEP_MILLIS = 50;
    /** Kafka's own default. */
    private static final int POLL_INTERVAL_MILLIS = 300_000;
    /** Less is of no use. */
    private static final int LEAST_CAPACITY = 32;

    private final String channel;
    private final KafkaConsumer<?, ?> consumer;
    private final Map<TopicPartition, LedgerAssignment> assignments = new ConcurrentHashMap<>();
    private final AtomicBoolean committing = new AtomicBoolean();
    private final UnicastProcessor<IncomingKafkaRecord<?, ?>> again = UnicastProcessor.create();
    /** How long a partition that goes to another owner may wait for what is under way. */
    private final Duration longestDrain;
    private final BooleanSupplier closing;
    private volatile boolean terminating;
    private volatile boolean failing;
    private volatile int capacity = LedgerText.CAPACITY;

    private LedgerCommit(String channel, KafkaConsumer<?, ?> consumer, Duration longestDrain, BooleanSupplier closing,
            Vertx vertx) {
        super(vertx, (int) LAST_COMMIT.toMillis());
        this.longestDrain = longestDrain;
        this.closing = closing;
        this.channel = channel;
        this.consumer = consumer;
    }

    /** Makes one for each consumer. */
    @ApplicationScoped
    @Identifier(KafkaStrategies.LEDGER)
    public static class Factory implements KafkaCommitHandler.Factory {

        private volatile boolean closing;

        @Override
        public KafkaCommitHandler create(KafkaConnectorIncomingConfiguration config, Vertx vertx, KafkaConsumer<?, ?> consumer,
                BiConsumer<Throwable, Boolean> reportFailure) {
            if (config.getBatch()) {
                throw new IllegalArgumentException("mp.messaging.incoming." + config.getChannel()
                        + ".commit-strategy=" + KafkaStrategies.LEDGER + " looks at each record: remove .batch=true");
            }
            if (config.config().getOptionalValue(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, String.class).isEmpty()) {
                // configured workers have it from the defaults of their channels
                LOG.warnf("%s is not set, so that requests that were sent before the group first came are never answered, nor "
                        + "do they become dead letters: set it to earliest",
                        ChannelEnd.key("incoming", config.getChannel(), ConsumerConfig.AUTO_OFFSET_RESET_CONFIG));
            }
            // who does not poll for longer is thrown out of the group
            int longest = config.config().getOptionalValue(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Integer.class)
                    .orElse(POLL_INTERVAL_MILLIS);
            return new LedgerCommit(config.getChannel(), consumer, Duration.ofMillis(longest / 2), () -> closing, vertx);
        }

        /** Workers have finished what they could by now. */
        void shutdown(@Observes ShutdownEvent event) {
            closing = true;
        }
    }

    /** On the polling thread. */
    @Override
    public void partitionsAssigned(Collection<TopicPartition> partitions) {
        int generation = consumer.unwrap().groupMetadata().generationId();
        partitions.forEach(partition -> assignments.put(partition, new LedgerAssignment(generation)));
    }

    /**
     * On the polling thread. The next owner starts where this ends, and would begin anew what is under way here: so the
     * partition goes only when that is finished, given back, or took too long. Meanwhile nothing new is polled from others
     * either, so whoever has a record is told to give it back rather than begin it.
     */
    @Override
    public void partitionsRevoked(Collection<TopicPartition> partitions) {
        Map<TopicPartition, LedgerAssignment> leaving = new HashMap<>();
        partitions.forEach(partition -> {
            LedgerAssignment assignment = assignments.get(partition);
            if (assignment != null) {
                assignment.leave();
                leaving.put(partition, assignment);
            }
        });
        // when the partitions are lost already the commit fails, and there is nothing to wait for
        boolean owned = commitNow(leaving, assignment -> assignment.commit(capacity)) && drain(leaving.values());
        assignments.keySet().removeAll(leaving.keySet());
        leaving.values().forEach(LedgerAssignment::end);
        if (owned) {
            commitNow(leaving, this::takeChanges);
        }
    }

    private OffsetAndMetadata takeChanges(LedgerAssignment assignment) {
        return assignment.takeChanges(capacity);
    }

    /** @return whether the partitions are still ours */
    private boolean drain(Collection<LedgerAssignment> leaving) {
        long end = System.nanoTime() + longestDrain.toNanos();
        while (!terminating && !closing.getAsBoolean() && System.nanoTime() - end < 0) {
            LedgerAssignment busy = leaving.stream().filter(LedgerAssignment::isBusy).findFirst().orElse(null);
            if (busy == null) {
                break;
            }
            busy.awaitChange(DRAIN_STEP_MILLIS);
            // no other commit comes through in the meantime
            if (!commitNow(assignments, this::takeChanges)) {
                assignments.keySet().forEach(this::changedStill);
                return false;
            }
        }
        return true;
    }

    private boolean commitNow(Map<TopicPartition, LedgerAssignment> leaving,
            Function<LedgerAssignment, OffsetAndMetadata> state) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        leaving.forEach((partition, assignment) -> {
            OffsetAndMetadata commit = state.apply(assignment);
            if (commit != null) {
                offsets.put(partition, commit);
            }
        });
        try {
            if (!offsets.isEmpty()) {
                consumer.unwrap().commitSync(offsets, LAST_COMMIT);
            }
            return true;
        } catch (KafkaException e) {
            if (canBeShorter(e)) {
                leaving.values().forEach(LedgerAssignment::changedStill);
                return commitNow(leaving, state);
            }
            LOG.warnf("Channel %s: the last commit failed (%s), so that some requests may be answered again: %s", channel, e,
                    offsets);
            return false;
        }
    }

    /** What was given back comes between what is new. */
    @Override
    @SuppressWarnings("unchecked")
    public <K, V> Multi<IncomingKafkaRecord<K, V>> decorateStream(Multi<IncomingKafkaRecord<K, V>> consumed) {
        Multi<IncomingKafkaRecord<K, V>> redelivered = again.map(record -> (IncomingKafkaRecord<K, V>) record);
        return Multi.createBy().merging().withRequests(1).streams(consumed, redelivered);
    }

    /** On the event loop of the channel. Nothing is handed out before the ledger is read. */
    @Override
    public <K, V> Uni<IncomingKafkaRecord<K, V>> received(IncomingKafkaRecord<K, V> record) {
        TopicPartition partition = new TopicPartition(record.getTopic(), record.getPartition());
        LedgerAssignment assignment = assignments.get(partition);
        if (assignment == null || !assignment.covers(record.getConsumerGroupGenerationId())) {
            return Uni.createFrom().nullItem();
        }
        if (assignment.isRead()) {
            return Uni.createFrom().item(handOut(record, assignment));
        }
        return consumer.committed(partition)
                .onFailure(e -> !assignment.isOver()).invoke(e -> LOG.warnf(
                        "Channel %s: what is committed for %s cannot be read, trying again: %s", channel, partition, e))
                .onFailure(e -> !assignment.isOver()).retry().withBackOff(FIRST_PAUSE, LONGEST_PAUSE).indefinitely()
                .invoke(committed -> assignment.read(committed.get(partition)))
                .emitOn(this::runOnContext)
                .map(read -> handOut(record, assignment))
                // the partition is not ours any more
                .onFailure().recoverWithNull();
    }

    private <K, V> IncomingKafkaRecord<K, V> handOut(IncomingKafkaRecord<K, V> record, LedgerAssignment assignment) {
        OptionalInt earlier = assignment.receive(record.getOffset());
        if (assignment.isChanged()) {
            commitSoon();
        }
        if (earlier.isEmpty()) {
            return null;
        }
        record.injectMetadata(new KafkaDelivery(this, assignment, record, earlier.getAsInt()));
        return record;
    }

    /**
     * An attempt at a record that was handed out begins. On any thread.
     *
     * @return whether the record is still ours
     */
    boolean begin(LedgerAssignment assignment, long offset) {
        boolean begun = assignment.begin(offset);
        if (begun) {
            commitSoon();
        }
        return begun;
    }

    /** On any thread. */
    @Override
    public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record) {
        KafkaDelivery delivery = record.getMetadata().get(KafkaDelivery.class).orElseThrow();
        if (delivery.assignment().finish(record.getOffset())) {
            commitSoon();
        } else {
            LOG.debugf("Channel %s: record %s of %s-%s is finished, but has another owner by now", channel, record.getOffset(),
                    record.getTopic(), record.getPartition());
        }
        return Uni.createFrom().voidItem().emitOn(record::runOnMessageContext);
    }

    /** The record shall be handed out again, after a while that doubles with each time. On any thread. */
    <K, V> void giveBack(IncomingKafkaRecord<K, V> record, LedgerAssignment assignment, String reason) {
        OptionalInt times = assignment.giveBack(record.getOffset());
        if (times.isEmpty()) {
            return;
        }
        long pause = Math.min(LAST_REDELIVERY_MILLIS,
                FIRST_REDELIVERY_MILLIS << Math.min(MOST_DOUBLINGS, times.getAsInt() - 1));
        LOG.warnf("Channel %s: record %s of %s-%s%s could not be dealt with and comes again in %s ms if the channel is still "
                + "open: %s", channel, record.getOffset(), record.getTopic(), record.getPartition(),
                KafkaHeaders.whose(record), pause, reason);
        vertx.setTimer(pause, timer -> runOnContext(() -> again.onNext(new IncomingKafkaRecord<>(record))));
    }

    private void commitSoon() {
        if (committing.compareAndSet(false, true)) {
            consumer.runOnPollingThread(this::commitChanges).subscribe().with(done -> {
            }, this::commitFailed);
        }
    }

    /** On the polling thread, where no partition can be revoked between the look and the commit. */
    private void commitChanges(Consumer<?, ?> client) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        assignments.forEach((partition, assignment) -> {
            OffsetAndMetadata commit = takeChanges(assignment);
            if (commit != null) {
                offsets.put(partition, commit);
            }
        });
        if (offsets.isEmpty()) {
            committing.set(false);
            commitIfChanged();
            return;
        }
        try {
            client.commitAsync(offsets, (committed, failure) -> {
                boolean again = failure != null;
                if (again) {
                    offsets.keySet().forEach(this::changedStill);
                }
                if (again && !canBeShorter(failure)) {
                    commitFailed(failure);
                } else {
                    failing = false;
                    committing.set(false);
                    commitIfChanged();
                }
            });
        } catch (RuntimeException e) {
            offsets.keySet().forEach(this::changedStill);
            throw e;
        }
    }

    /** Whether the broker wants less metadata than it got. The next commit has less, and none in the end. */
    private boolean canBeShorter(Throwable failure) {
        if (!(failure instanceof OffsetMetadataTooLarge) || capacity == 0) {
            return false;
        }
        if (capacity == LedgerText.CAPACITY) {
            LOG.warnf("Channel %s: the broker takes less metadata with an offset than is usual, so that after a crash more "
                    + "requests may be answered again: set its offset.metadata.max.bytes to 4096", channel);
        }
        capacity = capacity < LEAST_CAPACITY ? 0 : capacity / 2;
        return true;
    }

    private void commitIfChanged() {
        if (assignments.values().stream().anyMatch(LedgerAssignment::isChanged)) {
            commitSoon();
        }
    }

    private void changedStill(TopicPartition partition) {
        LedgerAssignment assignment = assignments.get(partition);
        if (assignment != null) {
            assignment.changedStill();
        }
    }

    private void commitFailed(Throwable failure) {
        if (failure instanceof RejectedExecutionException) {
            LOG.debugf("Channel %s is closed", channel);
            return;
        }
        if (!failing) {
            failing = true;
            LOG.warnf("Channel %s: a commit failed and is tried again: %s", channel, failure);
        }
        vertx.setTimer(FIRST_PAUSE.toMillis(), timer -> {
            committing.set(false);
            commitSoon();
        });
    }

    /** What is not finished comes again to the next owner. */
    @Override
    public void terminate(boolean graceful) {
        try {
            consumer.runOnPollingThread(client -> {
                terminating = true;
                partitionsRevoked(client.assignment());
            }).await().atMost(LAST_COMMIT.plus(LAST_COMMIT));
        } catch (RuntimeException e) {
            LOG.debugf(e, "Channel %s is closed", channel);
        }
    }
}
