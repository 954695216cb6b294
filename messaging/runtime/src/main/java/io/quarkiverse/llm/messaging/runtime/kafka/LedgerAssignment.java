package io.quarkiverse.llm.messaging.runtime.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;

import io.quarkiverse.llm.messaging.HeaderMapping.Revocation;

/** The time from when a partition was assigned to this process until it was revoked. Thread-safe. */
final class LedgerAssignment {

    private final int generation;
    private PartitionLedger ledger;
    private boolean changed;
    /** Whoever wants to know when the partition goes, by the offset of the record; without those that are not under way. */
    private final Map<Long, Consumer<Revocation>> interested = new HashMap<>();
    private boolean leaving;
    private boolean over;

    /** @param generation of the consumer group when the partition was assigned */
    LedgerAssignment(int generation) {
        this.generation = generation;
    }

    /** Whether a record was received in this assignment, not in an earlier one of the same partition. */
    boolean covers(int generation) {
        return generation < 0 || generation >= this.generation;
    }

    synchronized boolean isRead() {
        return ledger != null;
    }

    /** @param committed by whomever had the partition before; {@code null} when nothing was */
    synchronized void read(OffsetAndMetadata committed) {
        if (ledger == null) {
            ledger = committed == null ? new PartitionLedger()
                    : PartitionLedger.of(committed.offset(), committed.metadata());
        }
    }

    /** How many attempts at the record were begun before; empty when it must not be handed out now. */
    synchronized OptionalInt receive(long offset) {
        if (leaving) {
            return OptionalInt.empty();
        }
        long before = ledger.committed();
        OptionalInt earlier = ledger.receive(offset);
        changed |= ledger.committed() != before;
        return earlier;
    }

    /**
     * An attempt at the record begins.
     *
     * @return whether it is counted; not when the partition has another owner by now, or is about to get one
     */
    synchronized boolean begin(long offset) {
        boolean begun = !leaving && ledger.begin(offset);
        changed |= begun;
        return begun;
    }

    /** @return whether this made a difference; not when the partition has another owner by now */
    synchronized boolean finish(long offset) {
        boolean finished = !over && ledger.finish(offset);
        changed |= finished;
        interested.remove(offset);
        notifyAll();
        return finished;
    }

    /** How often the record was given back in this assignment; empty when it is not for this process to hand it out again. */
    synchronized OptionalInt giveBack(long offset) {
        OptionalInt times = over ? OptionalInt.empty() : ledger.giveBack(offset);
        interested.remove(offset);
        notifyAll();
        return times;
    }

    synchronized boolean isOver() {
        return over;
    }

    synchronized boolean isChanged() {
        return changed;
    }

    /**
     * What is to be committed, if there is anything since the last call.
     *
     * @param capacity how many characters the metadata may have
     */
    synchronized OffsetAndMetadata takeChanges(int capacity) {
        OffsetAndMetadata commit = changed ? commit(capacity) : null;
        changed = false;
        return commit;
    }

    /** The last call was in vain. */
    synchronized void changedStill() {
        changed = true;
    }

    /** Tells how the partition goes while the record is under way, at once when it does already. On any thread. */
    void whenRevoked(long offset, Consumer<Revocation> told) {
        Revocation already;
        synchronized (this) {
            already = over ? Revocation.LOST : leaving ? Revocation.LEAVING : null;
            // whoever is done with it has nothing to be told of, and would be kept as long as the partition stays
            if (!over && ledger.isRunning(offset)) {
                interested.put(offset, told);
            }
        }
        if (already != null) {
            told.accept(already);
        }
    }

    /** Nothing is handed out or begun from now on. */
    void leave() {
        synchronized (this) {
            leaving = true;
        }
        tell(Revocation.LEAVING);
    }

    private void tell(Revocation how) {
        List<Consumer<Revocation>> all;
        synchronized (this) {
            all = List.copyOf(interested.values());
        }
        // they may come back at once
        all.forEach(one -> one.accept(how));
    }

    /** Whether something is under way. */
    synchronized boolean isBusy() {
        return ledger != null && ledger.isBusy();
    }

    /** Until a record is finished or given back, or the time is over. */
    synchronized void awaitChange(long millis) {
        try {
            if (isBusy()) {
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is finished from now on is for the next owner to find out. */
    void end() {
        synchronized (this) {
            leaving = true;
            over = true;
        }
        tell(Revocation.LOST);
        synchronized (this) {
            interested.clear();
        }
    }

    /** How things are; {@code null} when nothing happened. */
    synchronized OffsetAndMetadata commit(int capacity) {
        return ledger == null || !ledger.isKnown() ? null
                : new OffsetAndMetadata(ledger.committed(), ledger.text(capacity));
    }
}
