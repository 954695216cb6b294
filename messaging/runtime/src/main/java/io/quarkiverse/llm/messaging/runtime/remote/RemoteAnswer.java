package io.quarkiverse.llm.messaging.runtime.remote;

import java.time.Duration;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.runtime.channel.MessageHead;
import io.quarkiverse.llm.messaging.runtime.channel.ReceivedMessage;
import io.quarkiverse.llm.runtime.provider.EventSource;
import io.vertx.core.impl.ContextInternal;

/**
 * The answer to one request as it comes in messages, and what these tell of its end. The reader of the channel leaves each
 * message here and goes on; all else happens on the context of the subscription. {@link AttemptChoice} says which messages
 * count, and {@link AnswerDelivery} hands their events on.
 */
final class RemoteAnswer implements EventSource {

    private final RemoteProvider.Parts parts;
    private final SentRequest request;
    private final ContextInternal context;
    private final AnswerClock clock;
    private final Arrivals arrivals = new Arrivals();
    private final AttemptChoice choice = new AttemptChoice(this::isEnd, arrivals::discount);
    private final AnswerDelivery delivery;

    RemoteAnswer(RemoteProvider.Parts parts, LlmMessage.Request request, Duration total, ContextInternal context,
            Taker taker) {
        this.parts = parts;
        this.request = new SentRequest(parts.outboxes(), request);
        this.context = context;
        this.clock = new AnswerClock(parts.settings(), parts.failures(), total, context, this::expired);
        this.delivery = new AnswerDelivery(parts, this.request, clock, choice, taker);
    }

    @Override
    public boolean waitsForDemand() {
        return true;
    }

    @Override
    public void start() {
        try {
            parts.answers().add(request.correlationId(), this);
        } catch (LlmException noAnswer) {
            delivery.endNow(noAnswer);
            return;
        }
        clock.start();
        if (delivery.isOver()) {
            return;
        }
        if (request.waitingBefore() >= parts.settings().maxWaitingRequests()) {
            delivery.endNow(parts.failures().tooManyWait());
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
        delivery.endNow(parts.failures().notSent(failure));
    }

    /** No further message comes. From any thread. */
    void cut(LlmException failure) {
        context.runOnContext(there -> {
            if (!delivery.isClosed()) {
                delivery.endAfterWaiting(failure);
                delivery.handOn();
            }
        });
    }

    /**
     * Takes a message, from any thread, and does not wait.
     *
     * @throws IllegalArgumentException with a sentence, when it has no payload that can be read
     */
    void receive(ReceivedMessage message) {
        byte[] payload = message.payload();
        clock.heard();
        if (arrivals.count(payload) > parts.settings().maxWaitingSize()) {
            parts.answers().remove(request.correlationId());
            context.runOnContext(there -> delivery.endNow(parts.failures().tooMuchWaits()));
        } else if (arrivals.add(message)) {
            context.runOnContext(there -> arrivals.takeAll(this::take));
        }
    }

    private void take(ReceivedMessage message) {
        try {
            sort(message);
            delivery.handOn();
        } catch (Throwable t) {
            delivery.endNow(parts.failures().unhandled(t, message.payload()));
        }
    }

    private void sort(ReceivedMessage message) {
        byte[] payload = message.payload();
        if (delivery.isClosed() || choice.isWhole()) {
            arrivals.discount(payload);
            return;
        }
        MessageHead head;
        try {
            head = message.head();
        } catch (RuntimeException malformed) {
            // whatever an application's mapping throws, too
            arrivals.discount(payload);
            delivery.endAfterWaiting(parts.failures().unreadable(malformed, payload));
            return;
        }
        AttemptChoice.Finding finding = choice.add(head, payload);
        if (finding instanceof AttemptChoice.Finding.Failed) {
            request.done();
            delivery.endAfterWaiting(failure(payload));
        } else if (finding instanceof AttemptChoice.Finding.Gap gap) {
            delivery.endAfterWaiting(parts.failures().gap(gap.expected(), gap.received()));
        } else if (finding instanceof AttemptChoice.Finding.Superseded superseded) {
            delivery.endAfterWaiting(parts.failures().supersededAfterContent(superseded.attempt()));
        }
    }

    private boolean isEnd(byte[] payload) {
        try {
            return parts.mapper().event(payload) instanceof LlmEvent.ResponseCompleted;
        } catch (IllegalArgumentException malformed) {
            // told when it is handed on, if it ever is
            return false;
        }
    }

    private LlmException failure(byte[] payload) {
        try {
            return parts.mapper().failure(payload, parts.settings().name());
        } catch (IllegalArgumentException malformed) {
            return parts.failures().unreadable(malformed, payload);
        }
    }

    private void expired(LlmException failure) {
        boolean total = failure instanceof LlmTimeoutException timeout
                && timeout.limit() == LlmTimeoutException.Limit.TOTAL;
        if (!total && (choice.isEventWaiting() || !arrivals.isEmpty())) {
            // it is the subscriber who is slow, and the end of the answer may be among what waits
            clock.excuse();
        } else {
            delivery.endNow(failure);
        }
    }

    @Override
    public void answered() {
        // nothing depends on it
    }

    @Override
    public void pause() {
        delivery.pause();
    }

    @Override
    public void resume() {
        delivery.resume();
    }

    @Override
    public void release() {
        delivery.release();
    }

    @Override
    public void cancel() {
        delivery.cancel();
    }

    @Override
    public void abandon(Throwable why) {
        delivery.cancel();
    }
}
