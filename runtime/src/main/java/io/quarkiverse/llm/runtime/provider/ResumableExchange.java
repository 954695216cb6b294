package io.quarkiverse.llm.runtime.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.runtime.transport.Exchange;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.transport.Transport;
import io.quarkiverse.llm.runtime.wire.StreamPlace;
import io.vertx.core.impl.ContextInternal;

/**
 * The stream of a response that runs on the server, as one exchange: where it breaks off, it is taken up again after the last
 * event, as often as it gets on by that. The listener sees one unbroken stream. To be used on its context.
 */
final class ResumableExchange implements Exchange, ExchangeListener {

    /** In a row, without an event more: they take half a minute. */
    private static final int TRIES = 9;
    private static final long NONE = -1;

    private final Transport transport;
    private final ContextInternal context;
    private final StoredRequests requests;
    private final LlmRequest request;
    private final Deadline deadline;
    private final ProviderFailures failures;
    private final StreamPlace place;
    private final ExchangeListener listener;
    private final Backoff backoff = new Backoff();
    private Exchange current;
    private long timer = NONE;
    private int tries;
    private boolean takenUp;
    private boolean paused;
    private boolean whole;
    private boolean over;
    private int status;
    private Map<String, String> headers = Map.of();

    /**
     * @param request that the response answers
     */
    ResumableExchange(Transport transport, ContextInternal context, StoredRequests requests, LlmRequest request,
            Deadline deadline, ProviderFailures failures, StreamPlace place, ExchangeListener listener) {
        this.transport = transport;
        this.context = context;
        this.requests = requests;
        this.request = request;
        this.deadline = deadline;
        this.failures = failures;
        this.place = place;
        this.listener = listener;
    }

    ResumableExchange open(OutgoingRequest first) {
        current = transport.open(context, first, this);
        return this;
    }

    @Override
    public void pause() {
        paused = true;
        current.pause();
    }

    @Override
    public void resume() {
        paused = false;
        current.resume();
    }

    @Override
    public void expectEnd(boolean expected) {
        current.expectEnd(expected);
    }

    @Override
    public void release() {
        stop();
        current.release();
    }

    @Override
    public void cancel() {
        stop();
        current.cancel();
    }

    @Override
    public void abandon(Throwable why) {
        stop();
        current.abandon(why);
    }

    @Override
    public Exchange replace(Throwable why, OutgoingRequest next, ExchangeListener nextListener) {
        stop();
        return current.replace(why, next, nextListener);
    }

    private void stop() {
        over = true;
        if (timer != NONE) {
            context.owner().cancelTimer(timer);
        }
    }

    @Override
    public void head(int newStatus, Map<String, String> newHeaders) {
        status = newStatus;
        headers = newHeaders;
        if (!takenUp) {
            listener.head(newStatus, newHeaders);
        }
    }

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        long before = place.last();
        boolean further = place.take(data, offset, length);
        if (place.last() > before) {
            tries = 0;
            backoff.reset();
        }
        // a server that pays no heed to where it shall begin says everything once more
        if (further || !takenUp) {
            listener.event(name, data, offset, length);
        }
    }

    @Override
    public void body(byte[] data, int offset, int length) {
        if (!takenUp) {
            whole = true;
            listener.body(data, offset, length);
        } else if (status / 100 != 2) {
            broken(failures.answered(status, headers, data, offset, length));
        } else {
            giveUp(failures.cut("the rest of the stream came as something else"));
        }
    }

    @Override
    public void end() {
        if (whole) {
            listener.end();
        } else if (!over) {
            // who has seen the last event releases the exchange
            broken(failures.cut("the stream ended before the answer did"));
        }
    }

    @Override
    public void failed(LlmException failure) {
        broken(failure);
    }

    private void broken(LlmException cause) {
        if (place.responseId() == null || !cause.isRetryable() || deadline.isOver() || tries == TRIES) {
            giveUp(cause);
            return;
        }
        tries++;
        // whatever else it would say
        current.abandon(cause);
        Duration wait = deadline.within(cause.retryAfter().orElse(tries == 1 ? Duration.ZERO : backoff.next()));
        timer = context.setTimer(Math.max(1, wait.toMillis()), id -> takeUp());
    }

    private void takeUp() {
        timer = NONE;
        takenUp = true;
        if (deadline.isOver()) {
            giveUp(deadline.exceeded());
            return;
        }
        try {
            current = transport.open(context, requests.stream(place.responseId(), place.last(), request, deadline.limits()),
                    this);
        } catch (Throwable t) {
            giveUp(failures.preparing(t));
            return;
        }
        if (paused) {
            current.pause();
        }
    }

    private void giveUp(LlmException cause) {
        stop();
        current.abandon(cause);
        LlmException failure = told(cause);
        if (place.responseId() != null && !place.isInContent() && failure.partial().isEmpty()) {
            failure.initPartial(LlmResponse.builder().id(place.responseId()).model("").createdAt(Instant.now())
                    .status(ResponseStatus.IN_PROGRESS).build());
        }
        listener.failed(failure);
    }

    private LlmException told(LlmException cause) {
        boolean late = cause instanceof LlmTimeoutException timeout && timeout.limit() == LlmTimeoutException.Limit.TOTAL;
        if (late || deadline.isOver()) {
            return deadline.exceeded();
        }
        return place.responseId() != null && (takenUp || cause.isRetryable()) ? cut(cause) : cause;
    }

    private LlmTruncatedStreamException cut(LlmException cause) {
        Optional<Long> last = Optional.of(place.last()).filter(number -> number >= 0);
        return new LlmTruncatedStreamException(cause.getMessage() + ": the stream of response '" + place.responseId()
                + "' is cut " + last.map(number -> "after event " + number).orElse("before its first event")
                + ", and could not be taken up again", cause.details(), cause,
                last.map(OptionalLong::of).orElse(OptionalLong.empty()));
    }
}
