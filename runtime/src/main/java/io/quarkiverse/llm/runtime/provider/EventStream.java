package io.quarkiverse.llm.runtime.provider;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.impl.ContextInternal;

/**
 * One subscription: hands on the events of the answer, as far as they are asked for, and ends exactly once. An event goes
 * straight to the subscriber while there is demand; else it waits, and its source is paused.
 * <p>
 * {@link #request} and {@link #cancel} may come from any thread; everything else happens on the context.
 */
final class EventStream implements Flow.Subscription, EventSource.Taker {

    private static final AtomicLongFieldUpdater<EventStream> DEMAND = AtomicLongFieldUpdater.newUpdater(EventStream.class,
            "demand");
    private static final byte[] NOTHING = {};

    private final ProviderFailures failures;
    private final ContextInternal context;
    private final Flow.Subscriber<? super LlmEvent> subscriber;
    private final EventSource source;
    private final Queue<LlmEvent> waiting = new ArrayDeque<>(0);
    private volatile long demand;
    private volatile boolean cancelled;

    private boolean begun;
    private boolean emitting;
    private boolean paused;
    private boolean lastIsOut;
    private boolean ended;
    private Throwable failure;

    EventStream(EventSource.Opening opening, ProviderFailures failures, ContextInternal context,
            Flow.Subscriber<? super LlmEvent> subscriber) {
        this.failures = failures;
        this.context = context;
        this.subscriber = subscriber;
        this.source = opening.open(context, this);
    }

    void start() {
        if (!cancelled && !ended) {
            source.start();
            if (source.waitsForDemand() && demand == 0) {
                paused = true;
                source.pause();
            }
        }
    }

    @Override
    public void request(long n) {
        if (cancelled) {
            return;
        }
        if (n <= 0) {
            onContext(() -> {
                waiting.clear();
                Throwable invalid = Subscriptions.getInvalidRequestException();
                source.abandon(invalid);
                fail(invalid);
            });
        } else if (Subscriptions.add(DEMAND, this, n) == 0) {
            onContext(this::drain);
        }
    }

    @Override
    public void cancel() {
        if (cancelled) {
            return;
        }
        cancelled = true;
        onContext(() -> {
            waiting.clear();
            if (lastIsOut) {
                // a subscriber that has seen the last event often cancels, and the connection is as good as before
                source.release();
            } else {
                source.cancel();
            }
        });
    }

    private void onContext(Runnable action) {
        if (context.isRunningOnContext()) {
            action.run();
        } else {
            context.runOnContext(there -> action.run());
        }
    }

    @Override
    public void accept(LlmEvent event) {
        if (cancelled || ended) {
            return;
        }
        if (!begun) {
            begun = true;
            source.answered();
        }
        lastIsOut = event instanceof LlmEvent.ResponseCompleted;
        if (demand == 0 || emitting || !waiting.isEmpty()) {
            waiting.add(event);
        } else {
            emit(event);
            if (ended || !waiting.isEmpty()) {
                drain();
            }
        }
    }

    private void emit(LlmEvent event) {
        emitting = true;
        try {
            subscriber.onNext(event);
        } finally {
            emitting = false;
        }
        if (demand != Long.MAX_VALUE) {
            DEMAND.decrementAndGet(this);
        }
    }

    private void drain() {
        if (emitting) {
            return;
        }
        while (!cancelled && demand > 0 && !waiting.isEmpty()) {
            try {
                emit(waiting.remove());
            } catch (Throwable t) {
                refused(t);
                return;
            }
        }
        if (cancelled || !waiting.isEmpty()) {
            return;
        }
        if (ended) {
            signalEnd();
        } else if (paused && demand > 0) {
            paused = false;
            source.resume();
        }
    }

    /** The subscriber threw where nobody but the event loop would hear of it. */
    private void refused(Throwable t) {
        if (cancelled) {
            Infrastructure.handleDroppedException(t);
            return;
        }
        waiting.clear();
        ended = true;
        failure = failures.decoding(t, NOTHING, 0, 0);
        source.abandon(failure);
        signalEnd();
    }

    private void signalEnd() {
        cancelled = true;
        if (failure == null) {
            subscriber.onComplete();
        } else {
            subscriber.onError(failure);
        }
    }

    private void end(Throwable with) {
        if (!ended) {
            ended = true;
            failure = with;
            drain();
        }
    }

    private void fail(Throwable t) {
        if (ended || cancelled) {
            // nobody is left to hear of it: mostly the subscriber threw at the end
            Infrastructure.handleDroppedException(t);
        } else {
            end(t);
        }
    }

    @Override
    public void progressed() {
        if (!paused && !waiting.isEmpty() && !ended && !cancelled) {
            paused = true;
            source.pause();
        }
    }

    @Override
    public void completed() {
        end(null);
    }

    @Override
    public void failed(LlmException cause) {
        fail(cause);
    }
}
