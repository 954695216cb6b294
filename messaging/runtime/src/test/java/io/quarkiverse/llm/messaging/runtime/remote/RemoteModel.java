package io.quarkiverse.llm.messaging.runtime.remote;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.llm.LlmEvent;

/** What a subscriber is told when these messages come, said in one thread and without a channel. */
final class RemoteModel {

    static final String COMPLETE = "complete";
    static final String TRUNCATED = "LlmTruncatedStreamException";
    static final String WORKERS_OWN = "LlmRateLimitException";
    static final String CHANNEL = "LlmTransportException";

    /** One message; without an event it is a failure. */
    record Sent(int number, String worker, int sequence, LlmEvent event) {
    }

    final List<LlmEvent> delivered = new ArrayList<>();
    String told;
    int cancels;

    private static final class Attempt {
        int number;
        int next;
        boolean late;
        boolean broken;
        Deque<LlmEvent> unread = new ArrayDeque<>();
        List<LlmEvent> heldBack = new ArrayList<>();
    }

    /** The last of each worker. */
    private final Map<String, Attempt> attempts = new HashMap<>();
    private Attempt newest;
    private Attempt leading = new Attempt();
    private boolean whole;
    private final Deque<LlmEvent> read = new ArrayDeque<>();
    private long demand;
    private boolean paused = true;
    private boolean begun;
    private boolean closed;
    private boolean gone;
    private String afterUnread;
    private String afterRead;

    void request(long n) {
        demand += n;
        goOn();
    }

    void cancel() {
        if (told == null && !gone) {
            gone = true;
            boolean ended = COMPLETE.equals(afterRead);
            closeAnd(!closed && !ended);
        }
    }

    void closeChannel() {
        if (!closed) {
            failLater(CHANNEL, true);
        }
    }

    void receive(Sent message) {
        if (closed || whole) {
            return;
        }
        Attempt attempt = attempts.get(message.worker());
        if (attempt == null || attempt.number < message.number()) {
            attempt = begin(message);
        }
        if (attempt.number != message.number() || attempt.broken) {
            return;
        }
        if (attempt == newest && attempt != leading) {
            if (begun) {
                failLater(TRUNCATED, true);
                return;
            }
            leading = attempt;
        }
        boolean inOrder = message.sequence() == attempt.next;
        boolean old = message.sequence() < attempt.next;
        if (old && (message.event() != null || attempt != leading && !attempt.late)) {
            return;
        }
        attempt.next += inOrder ? 1 : 0;
        if (attempt == leading) {
            lead(message, inOrder);
        } else {
            beside(message, attempt, inOrder);
        }
    }

    private Attempt begin(Sent message) {
        Attempt attempt = new Attempt();
        attempt.number = message.number();
        attempt.late = newest != null && newest.number > message.number();
        attempts.put(message.worker(), attempt);
        newest = attempt.late ? newest : attempt;
        return attempt;
    }

    private void lead(Sent message, boolean inOrder) {
        if (message.event() == null) {
            if (!(leading.unread.peekLast() instanceof LlmEvent.ResponseCompleted)) {
                failLater(WORKERS_OWN, false);
            }
        } else if (!inOrder) {
            failLater(TRUNCATED, true);
        } else {
            leading.unread.add(message.event());
            goOn();
        }
    }

    private void beside(Sent message, Attempt attempt, boolean inOrder) {
        boolean completes = inOrder && message.event() instanceof LlmEvent.ResponseCompleted;
        boolean fails = message.event() == null && attempt.late;
        if (begun) {
            if (attempt.late && completes || fails) {
                failLater(TRUNCATED, true);
            }
            attempt.broken |= !inOrder;
        } else if (fails) {
            failLater(WORKERS_OWN, false);
        } else if (!inOrder) {
            attempt.broken = true;
        } else if (message.event() != null) {
            attempt.unread.add(message.event());
            if (completes) {
                whole = true;
                leading = attempt;
                goOn();
            }
        }
    }

    private void failLater(String how, boolean cancel) {
        if (begun) {
            closeAnd(cancel);
            afterUnread = how;
            goOn();
        } else {
            failNow(how, cancel);
        }
    }

    private void failNow(String how, boolean cancel) {
        closeAnd(cancel);
        leading.unread.clear();
        afterRead = how;
        goOn();
    }

    private void closeAnd(boolean cancel) {
        closed = true;
        cancels += cancel ? 1 : 0;
    }

    private void goOn() {
        boolean progress = true;
        while (progress && !gone) {
            progress = false;
            while (demand > 0 && !read.isEmpty()) {
                demand--;
                delivered.add(read.remove());
            }
            paused &= demand == 0 || !read.isEmpty();
            if (afterRead == null && !paused && !leading.unread.isEmpty()) {
                readOne(leading.unread.remove());
                paused = demand < read.size();
                progress = true;
            }
            if (afterRead == null && leading.unread.isEmpty() && afterUnread != null) {
                afterRead = afterUnread;
                progress = true;
            }
        }
        if (!gone && read.isEmpty() && told == null) {
            told = afterRead;
        }
    }

    /** What is read ahead of the demand is one event, and the beginning with the first content. */
    private void readOne(LlmEvent event) {
        if (begun) {
            read.add(event);
        } else {
            leading.heldBack.add(event);
            if (!(event instanceof LlmEvent.ResponseStarted || event instanceof LlmEvent.ItemStarted)) {
                begun = true;
                read.addAll(leading.heldBack);
            }
        }
        if (event instanceof LlmEvent.ResponseCompleted) {
            closed = true;
            leading.unread.clear();
            afterRead = COMPLETE;
        }
    }
}
