package io.quarkiverse.llm.messaging.runtime.remote;

import java.util.ArrayDeque;
import java.util.Deque;

import io.quarkiverse.llm.messaging.MessageHeaders;

/** What came of one worker's attempt to answer, in order. */
final class Attempt {

    enum Place {
        /** The next message of the attempt. */
        NEXT,
        /** It was here before, or is of no use since others are missing. */
        OLD,
        /** Messages before it are missing. */
        AHEAD
    }

    private final int number;
    private final boolean late;
    /** The payloads of events that nobody has asked for yet. */
    final Deque<byte[]> waiting = new ArrayDeque<>();
    final HeldBack heldBack = new HeldBack();
    private long next;
    private boolean broken;

    /**
     * @param late whether one with a greater number was heard of before
     */
    Attempt(int number, boolean late) {
        this.number = number;
        this.late = late;
    }

    int number() {
        return number;
    }

    boolean isLate() {
        return late;
    }

    /** The sequence number of the message that should be next. */
    long next() {
        return next;
    }

    /** Whether it has been {@linkplain #giveUp given up}. */
    boolean isBroken() {
        return broken;
    }

    /** Where a message stands; the next one is counted as taken. */
    Place take(long sequence) {
        if (broken) {
            return Place.OLD;
        }
        if (sequence == next || sequence == MessageHeaders.NO_SEQUENCE) {
            next++;
            return Place.NEXT;
        }
        return sequence < next ? Place.OLD : Place.AHEAD;
    }

    /** It cannot become whole any more. */
    void giveUp() {
        broken = true;
    }
}
