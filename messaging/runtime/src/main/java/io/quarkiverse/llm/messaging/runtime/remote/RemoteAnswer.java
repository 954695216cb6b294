package io.quarkiverse.llm.messaging.runtime.remote;

import java.time.Duration;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.runtime.channel.MessageHead;
import io.quarkiverse.llm.runtime.provider.EventSource;
import io.vertx.core.impl.ContextInternal;

/**
 * The answer to one request as it comes in messages. The reader of the channel leaves each here and goes on; all else happens
 * on the context of the subscription. Messages wait unread, as bytes, until their events are asked for; where they stand in
 * their attempt is decided when they come.
 */
final class RemoteAnswer implements EventSource {

    private final RemoteProvider.Parts parts;
    private final SentRequest request;
    private final ContextInternal context;
    private final Taker taker;
    private final AnswerClock clock;
    private final Attempts attempts = new Attempts();
    private final PartialAnswer partial = new PartialAnswer();

    private final Arrivals arrivals = new Arrivals();

    /** Whose events are handed on: the newest attempt, or the one that was whole before the newest had content. */
    private Attempt leading;
    /** All of the leading attempt is here. */
    private boolean whole;
    private boolean begun;
    private boolean paused;
    private boolean handingOn;
    /** Nothing more is taken; what waits may still go on. */
    private boolean closed;
    private boolean over;
    /** What comes after all that waits. */
    private LlmException end;

    RemoteAnswer(RemoteProvider.Parts parts, LlmMessage.Request request, Duration total, ContextInternal context,
            Taker taker) {
        this.parts = parts;
        this.request = new SentRequest(parts.outboxes(), request);
        this.context = context;
        this.taker = taker;
        this.clock = new AnswerClock(parts.settings(), parts.failures(), total, context, this::expired);
    }

    private String id() {
        return request.correlationId();
    }

    @Override
    public boolean waitsForDemand() {
        return true;
    }

    @Override
    public void start() {
        try {
            parts.answers().add(id(), this);
        } catch (LlmException noAnswer) {
            endNow(noAnswer);
            return;
        }
        clock.start();
        if (over) {
            return;
        }
        if (request.waitingBefore() >= parts.settings().maxWaitingRequests()) {
            endNow(parts.failures().tooManyWait());
            return;
        }
        request.send(failure -> {
            if (failure != null) {
                context.runOnContext(there -> notSent(failure));
            }
        });
    }

    private void notSent(Throwable failure) {
        if (RemoteFailures.isSurelyNotWritten(failure)) {
            request.done();
        }
        endNow(parts.failures().notSent(failure));
    }

    /** No further message comes. From any thread. */
    void cut(LlmException failure) {
        context.runOnContext(there -> {
            if (!closed) {
                endAfterWaiting(failure);
                handOn();
            }
        });
    }

    /** Takes a message, from any thread, and does not wait. */
    void receive(Message<?> message, int size) {
        clock.heard();
        Received received = new Received(message, size);
        if (arrivals.count(received) > parts.settings().maxWaitingSize()) {
            parts.answers().remove(id());
            context.runOnContext(there -> endNow(parts.failures().tooMuchWaits()));
        } else if (arrivals.add(received)) {
            context.runOnContext(there -> arrivals.takeAll(next -> {
                sort(next);
                handOn();
            }));
        }
    }

    /** Puts what has arrived in its place. */
    private void sort(Received received) {
        if (closed || whole) {
            drop(received);
            return;
        }
        MessageHead head;
        try {
            head = parts.mapper().head(received.message());
        } catch (IllegalArgumentException malformed) {
            drop(received);
            endAfterWaiting(parts.failures().unreadable(malformed, received.payload(parts.mapper())));
            return;
        }
        Attempt attempt = head.isEvent() || head.isFailure() ? attempts.of(head.headers(), this::superseded).orElse(null)
                : null;
        if (attempt == null) {
            // superseded, or the whole answer, where workers send that to the same place
            drop(received);
        } else if (attempt == leading) {
            follow(received, head);
        } else if (!attempts.isNewest(attempt)) {
            keepBeside(received, head, attempt);
        } else if (begun) {
            drop(received);
            endAfterWaiting(parts.failures().supersededAfterContent(leading.number()));
        } else {
            leading = attempt;
            follow(received, head);
        }
    }

    private void follow(Received received, MessageHead head) {
        Attempt.Place place = leading.take(head.headers().sequence());
        if (place == Attempt.Place.OLD) {
            drop(received);
        } else if (head.isFailure()) {
            // also when events before it are missing: it is the end
            drop(received);
            failedThere(received);
        } else if (place == Attempt.Place.AHEAD) {
            drop(received);
            endAfterWaiting(parts.failures().gap(leading.next(), head.headers().sequence()));
        } else {
            leading.waiting.add(received);
        }
    }

    /**
     * Of an attempt that is not the newest. Its worker may have lost the request, or be the only one left where the connector
     * forgets what those before it had begun: whoever comes to the end tells.
     */
    private void keepBeside(Received received, MessageHead head, Attempt attempt) {
        Attempt.Place place = attempt.take(head.headers().sequence());
        boolean counts = head.isFailure() ? attempt.isLate() && place != Attempt.Place.OLD : place == Attempt.Place.NEXT;
        if (!counts) {
            drop(received);
            if (place == Attempt.Place.AHEAD) {
                attempt.giveUp();
                dropWaiting(attempt);
            }
        } else if (begun) {
            drop(received);
            if (attempt.isLate() && (head.isFailure() || received.isEnd(parts.mapper()))) {
                endAfterWaiting(parts.failures().supersededAfterContent(leading.number()));
            }
        } else if (head.isFailure()) {
            drop(received);
            failedThere(received);
        } else {
            attempt.waiting.add(received);
            if (received.isEnd(parts.mapper())) {
                whole = true;
                leading = attempt;
                dropOthers();
            }
        }
    }

    private void failedThere(Received received) {
        LlmException failure;
        try {
            failure = parts.mapper().failure(received.message(), parts.settings().name());
        } catch (IllegalArgumentException malformed) {
            failure = parts.failures().unreadable(malformed, received.payload(parts.mapper()));
        }
        request.done();
        endAfterWaiting(failure);
    }

    private void handOn() {
        if (handingOn) {
            return;
        }
        handingOn = true;
        try {
            while (!paused && !over && eventsWait()) {
                Received next = leading.waiting.remove();
                arrivals.discount(next);
                handOn(next);
            }
        } finally {
            handingOn = false;
        }
        if (end != null && !over && !eventsWait()) {
            over = true;
            fail(end);
        }
    }

    private boolean eventsWait() {
        return leading != null && !leading.waiting.isEmpty();
    }

    private void handOn(Received next) {
        LlmEvent event;
        try {
            event = ((LlmMessage.Event) parts.mapper().read(next.message())).event();
        } catch (IllegalArgumentException malformed) {
            endNow(parts.failures().unreadable(malformed, next.payload(parts.mapper())));
            return;
        }
        try {
            handOn(event);
        } catch (Throwable t) {
            endNow(parts.failures().unhandled(t, next.payload(parts.mapper())));
        }
    }

    private void handOn(LlmEvent event) {
        if (!begun) {
            if (!leading.heldBack.add(event)) {
                return;
            }
            begun = true;
            dropOthers();
            for (LlmEvent first : leading.heldBack.release()) {
                accept(first);
            }
        } else if (!(event instanceof LlmEvent.ResponseStarted)) {
            accept(event);
        }
        if (over) {
            return;
        }
        if (event instanceof LlmEvent.ResponseCompleted) {
            request.done();
            close();
            over = true;
            dropWaiting();
            taker.completed();
        } else {
            taker.progressed();
        }
    }

    private void accept(LlmEvent event) {
        if (!over) {
            partial.add(event);
            taker.accept(event);
        }
    }

    private void expired(LlmException failure) {
        boolean total = failure instanceof LlmTimeoutException timeout
                && timeout.limit() == LlmTimeoutException.Limit.TOTAL;
        if (!total && (eventsWait() || !arrivals.isEmpty())) {
            // it is the subscriber who is slow, and the end of the answer may be among what waits
            clock.excuse();
        } else {
            endNow(failure);
        }
    }

    /** There is no more of the answer than what waits. */
    private void endAfterWaiting(LlmException failure) {
        if (!begun) {
            endNow(failure);
            return;
        }
        close();
        request.cancel();
        end = failure;
    }

    /** There is no more of the answer, and what waits is of no use. */
    private void endNow(LlmException failure) {
        if (over) {
            return;
        }
        close();
        request.cancel();
        over = true;
        dropWaiting();
        fail(failure);
    }

    private void fail(LlmException failure) {
        if (failure.partial().isEmpty()) {
            partial.response().ifPresent(failure::initPartial);
        }
        taker.failed(failure);
    }

    private void close() {
        closed = true;
        clock.stop();
        parts.answers().remove(id());
    }

    private void drop(Received received) {
        arrivals.discount(received);
    }

    private void dropWaiting() {
        attempts.forEach(this::dropWaiting);
        if (leading != null) {
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
        // what waits after content is handed on before the failure
        if (!begun || attempt != leading) {
            dropWaiting(attempt);
        }
    }

    private void dropWaiting(Attempt attempt) {
        attempt.waiting.forEach(this::drop);
        attempt.waiting.clear();
        attempt.heldBack.release();
    }

    @Override
    public void answered() {
        // nothing depends on it
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        handOn();
    }

    @Override
    public void release() {
        close();
        over = true;
        dropWaiting();
    }

    @Override
    public void cancel() {
        close();
        over = true;
        dropWaiting();
        request.cancel();
    }

    @Override
    public void abandon(Throwable why) {
        cancel();
    }
}
