package io.quarkiverse.llm.messaging.runtime.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * What became of the records of a partition, as far as the committed offset does not say it: which are finished although an
 * earlier one is not, and how many attempts at each unfinished one were begun. Its text goes with the committed offset, so that
 * the next owner of the partition knows as well. Not thread-safe.
 */
final class PartitionLedger {

    private long committed;
    /** All before it were received, or are not in the partition any more. Never below {@link #committed}. */
    private long next;
    private final TreeMap<Long, Integer> begun = new TreeMap<>();
    /** From the first finished offset of a range to the first behind it; ranges do not touch. */
    private final TreeMap<Long, Long> finished = new TreeMap<>();
    /** What is handed out. */
    private final Set<Long> running = new HashSet<>();
    /** How often it was given back in this life, of what is unfinished. */
    private final Map<Long, Integer> givenBack = new HashMap<>();

    /** Of a partition for which nothing was committed yet. */
    PartitionLedger() {
        this(-1);
    }

    /** Of a partition that starts at this offset. */
    PartitionLedger(long committed) {
        this.committed = committed;
        this.next = committed;
    }

    /** As it was when this was committed, by whomever: a text that is not one of a ledger says nothing. */
    static PartitionLedger of(long committed, String text) {
        PartitionLedger ledger = new PartitionLedger(committed);
        LedgerText.read(text, committed, ledger.begun, ledger.finished);
        return ledger;
    }

    /**
     * A record was received. In a life of the ledger they come in their order.
     *
     * @return how many attempts at it were begun before, now that it is handed out; empty when it must not be handed out, since
     *         it is finished or under way
     */
    OptionalInt receive(long offset) {
        if (committed < 0 || offset < committed) {
            startOver(offset);
        }
        if (offset >= next) {
            // what was left out is not in the partition any more, or never was a record
            begun.subMap(next, offset).clear();
            finish(next, offset);
            next = offset + 1;
            advance();
        }
        if (isFinished(offset) || !running.add(offset)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(begun.getOrDefault(offset, 0));
    }

    /**
     * An attempt at the record begins.
     *
     * @return whether the record was under way
     */
    boolean begin(long offset) {
        if (!running.contains(offset)) {
            return false;
        }
        begun.merge(offset, 1, Integer::sum);
        return true;
    }

    /** The partition went back behind what is finished: it lost records, and others have their offsets now. */
    private void startOver(long offset) {
        begun.clear();
        finished.clear();
        running.clear();
        givenBack.clear();
        committed = offset;
        next = offset;
    }

    /** @return whether the record was under way */
    boolean finish(long offset) {
        if (!running.remove(offset)) {
            return false;
        }
        begun.remove(offset);
        givenBack.remove(offset);
        finish(offset, offset + 1);
        advance();
        return true;
    }

    /**
     * The record can be handed out again.
     *
     * @return how often it was given back in this life; empty when it was not under way
     */
    OptionalInt giveBack(long offset) {
        return running.remove(offset) ? OptionalInt.of(givenBack.merge(offset, 1, Integer::sum)) : OptionalInt.empty();
    }

    boolean isRunning(long offset) {
        return running.contains(offset);
    }

    boolean isBusy() {
        return !running.isEmpty();
    }

    private void finish(long from, long to) {
        if (from >= to) {
            return;
        }
        long start = from;
        long end = to;
        Map.Entry<Long, Long> before = finished.floorEntry(to);
        while (before != null && before.getValue() >= from) {
            start = Math.min(start, before.getKey());
            end = Math.max(end, before.getValue());
            finished.remove(before.getKey());
            before = finished.floorEntry(to);
        }
        finished.put(start, end);
    }

    private void advance() {
        Map.Entry<Long, Long> first = finished.firstEntry();
        if (first != null && first.getKey() <= committed) {
            committed = Math.min(first.getValue(), next);
            finished.remove(first.getKey());
            if (first.getValue() > committed) {
                finished.put(committed, first.getValue());
            }
        }
    }

    private boolean isFinished(long offset) {
        Map.Entry<Long, Long> range = finished.floorEntry(offset);
        return offset < committed || range != null && offset < range.getValue();
    }

    /** Whether there is anything to commit. */
    boolean isKnown() {
        return committed >= 0;
    }

    /** The lowest unfinished offset. */
    long committed() {
        return committed;
    }

    /** At most so many characters. What does not fit is left out from the end. */
    String text(int capacity) {
        return LedgerText.write(committed, begun, finished, capacity);
    }
}
