package io.quarkiverse.llm.messaging.runtime.remote;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.messaging.runtime.channel.MessageHead;

/**
 * Whose events are the answer, when several workers try to give it. Where a message stands in its attempt is decided when it
 * comes; those that count wait unread until they are taken. With the first content that is taken, the choice is made.
 */
final class AttemptChoice {

    /** What a message tells of the answer as a whole. */
    sealed interface Finding {

        /** There may be more of it. */
        record GoesOn() implements Finding {
        }

        /** The worker has failed, as the payload of this message says. */
        record Failed() implements Finding {
        }

        /** Messages are missing. */
        record Gap(long expected, long received) implements Finding {
        }

        /**
         * Another attempt has come too late to take the place of this one, which is over.
         *
         * @param attempt whose content was taken
         */
        record Superseded(int attempt) implements Finding {
        }
    }

    private static final Finding GOES_ON = new Finding.GoesOn();

    private final Predicate<byte[]> isEnd;
    private final Consumer<byte[]> gone;
    private final Attempts attempts = new Attempts();

    /** Whose events are taken: the newest attempt, or the one that was whole before the newest had content. */
    private Attempt leading;
    private boolean whole;
    private boolean made;

    /**
     * @param isEnd whether it is the last event of an answer, which its headers do not say
     * @param gone is given each payload, once, when it waits no more: taken, or of no use
     */
    AttemptChoice(Predicate<byte[]> isEnd, Consumer<byte[]> gone) {
        this.isEnd = isEnd;
        this.gone = gone;
    }

    /** All of the leading attempt is here: no further message is needed. */
    boolean isWhole() {
        return whole;
    }

    /** Content was taken: the answer is of this attempt, or there is none. */
    boolean isMade() {
        return made;
    }

    /** Puts a message in its place. */
    Finding add(MessageHead head, byte[] payload) {
        Attempt attempt = head.isEvent() || head.isFailure() ? attempts.of(head, this::superseded).orElse(null)
                : null;
        if (attempt == null) {
            // superseded, or the whole answer, where workers send that to the same place
            return drop(payload);
        } else if (attempt == leading) {
            return follow(head, payload);
        } else if (!attempts.isNewest(attempt)) {
            return keepBeside(attempt, head, payload);
        } else if (made) {
            drop(payload);
            return new Finding.Superseded(leading.number());
        }
        leading = attempt;
        return follow(head, payload);
    }

    /**
     * A failure is the end wherever it stands: events before it may be missing, and where it stands, there may be one that is
     * there all the same, although its worker was told that it is not written.
     */
    private Finding follow(MessageHead head, byte[] payload) {
        if (head.isFailure()) {
            return isEndWaiting() ? drop(payload) : failed(payload);
        }
        Attempt.Place place = leading.take(head.sequence());
        if (place == Attempt.Place.OLD) {
            return drop(payload);
        } else if (place == Attempt.Place.AHEAD) {
            drop(payload);
            return new Finding.Gap(leading.next(), head.sequence());
        }
        leading.waiting.add(payload);
        return GOES_ON;
    }

    /**
     * Of an attempt that is not the newest. Its worker may have lost the request, or be the only one left where the connector
     * forgets what those before it had begun: whoever comes to the end tells.
     */
    private Finding keepBeside(Attempt attempt, MessageHead head, byte[] payload) {
        Attempt.Place place = attempt.take(head.sequence());
        boolean counts = head.isFailure() ? attempt.isLate() && !attempt.isBroken() : place == Attempt.Place.NEXT;
        if (!counts) {
            if (place == Attempt.Place.AHEAD) {
                attempt.giveUp();
                dropWaiting(attempt);
            }
            return drop(payload);
        } else if (made) {
            drop(payload);
            return attempt.isLate() && (head.isFailure() || isEnd.test(payload)) ? new Finding.Superseded(leading.number())
                    : GOES_ON;
        } else if (head.isFailure()) {
            return failed(payload);
        }
        attempt.waiting.add(payload);
        if (isEnd.test(payload)) {
            whole = true;
            leading = attempt;
            dropOthers();
        }
        return GOES_ON;
    }

    /** It may be what the worker took for not written. */
    private boolean isEndWaiting() {
        byte[] last = leading.waiting.peekLast();
        return last != null && isEnd.test(last);
    }

    private Finding failed(byte[] payload) {
        drop(payload);
        return new Finding.Failed();
    }

    boolean isEventWaiting() {
        return leading != null && !leading.waiting.isEmpty();
    }

    /** The payload of the next event, to be {@linkplain #taken read}. */
    byte[] take() {
        byte[] payload = leading.waiting.remove();
        gone.accept(payload);
        return payload;
    }

    /** The event was taken; these may be seen now: none before the first content, with which the choice is made. */
    List<LlmEvent> taken(LlmEvent event) {
        if (made) {
            return event instanceof LlmEvent.ResponseStarted ? List.of() : List.of(event);
        }
        if (!leading.heldBack.add(event)) {
            return List.of();
        }
        made = true;
        dropOthers();
        return leading.heldBack.release();
    }

    private Finding drop(byte[] payload) {
        gone.accept(payload);
        return GOES_ON;
    }

    void dropAll() {
        attempts.forEach(this::dropWaiting);
        if (leading != null) {
            // it may be superseded, and not among them
            dropWaiting(leading);
        }
    }

    private void dropOthers() {
        attempts.forEach(other -> {
            if (other != leading) {
                dropWaiting(other);
            }
        });
    }

    private void superseded(Attempt attempt) {
        // what waits after content is taken before the failure
        if (!made || attempt != leading) {
            dropWaiting(attempt);
        }
    }

    private void dropWaiting(Attempt attempt) {
        attempt.waiting.forEach(gone);
        attempt.waiting.clear();
        attempt.heldBack.release();
    }
}
