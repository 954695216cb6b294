package io.quarkiverse.llm.messaging.runtime.remote;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.runtime.provider.EventSource.Taker;

/**
 * Hands the events of an answer on as far as they are asked for, and its end after them, once. With the end, all that is open
 * for the answer is closed. All happens on the context of the subscription.
 */
final class AnswerDelivery {

    private final RemoteProvider.Parts parts;
    private final SentRequest request;
    private final AnswerClock clock;
    private final AttemptChoice choice;
    private final Taker taker;
    private final PartialAnswer partial;

    private boolean paused;
    private boolean handingOn;
    private boolean closed;
    private boolean over;
    /** What comes after all that waits. */
    private LlmException end;

    AnswerDelivery(RemoteProvider.Parts parts, SentRequest request, AnswerClock clock, AttemptChoice choice, Taker taker) {
        this.parts = parts;
        this.request = request;
        this.clock = clock;
        this.choice = choice;
        this.taker = taker;
        this.partial = new PartialAnswer(parts.settings().maxWaitingSize());
    }

    /** Nothing more is taken; what waits may still go on. */
    boolean isClosed() {
        return closed;
    }

    /** Nothing more is handed on. */
    boolean isOver() {
        return over;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        handOn();
    }

    /** To be called when something waits that did not, or an end has come. */
    void handOn() {
        if (handingOn) {
            return;
        }
        handingOn = true;
        try {
            while (!paused && !over && choice.isEventWaiting()) {
                handOn(choice.take());
            }
        } finally {
            handingOn = false;
        }
        if (end != null && !over && !choice.isEventWaiting()) {
            over = true;
            fail(end);
        }
    }

    private void handOn(byte[] payload) {
        LlmEvent event;
        try {
            event = parts.mapper().event(payload);
        } catch (IllegalArgumentException malformed) {
            endNow(parts.failures().unreadable(malformed, payload));
            return;
        }
        try {
            choice.taken(event).forEach(next -> accept(next, payload.length));
            progressed(event);
        } catch (Throwable t) {
            endNow(parts.failures().unhandled(t, payload));
        }
    }

    private void accept(LlmEvent event, int bytes) {
        if (!over) {
            partial.add(event, bytes);
            taker.accept(event);
        }
    }

    private void progressed(LlmEvent event) {
        if (over) {
            return;
        }
        if (event instanceof LlmEvent.ResponseCompleted) {
            request.done();
            release();
            taker.completed();
        } else {
            taker.progressed();
        }
    }

    /** There is no more of the answer than what waits. */
    void endAfterWaiting(LlmException failure) {
        if (!choice.isMade()) {
            endNow(failure);
            return;
        }
        close();
        request.cancel();
        end = failure;
    }

    /** There is no more of the answer, and what waits is of no use. */
    void endNow(LlmException failure) {
        if (!over) {
            cancel();
            fail(failure);
        }
    }

    private void fail(LlmException failure) {
        if (failure.partial().isEmpty()) {
            partial.response().ifPresent(failure::initPartial);
        }
        taker.failed(failure);
    }

    /** Nobody wants the rest, and the worker may as well give it. */
    void release() {
        close();
        over = true;
        choice.dropAll();
    }

    /** Nobody wants the rest. */
    void cancel() {
        release();
        request.cancel();
    }

    private void close() {
        closed = true;
        clock.stop();
        parts.answers().remove(request.correlationId());
    }
}
