package io.quarkiverse.llm.runtime.provider;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.transport.Exchange;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.impl.ContextInternal;

/**
 * One subscription: hands on what the decoder makes of the exchange, as far as it is asked for, and ends exactly once. An
 * event goes straight to the subscriber while there is demand; else it waits, and the exchange is paused.
 * <p>
 * {@link #request} and {@link #cancel} may come from any thread; everything else happens on the context.
 */
final class EventStream implements Flow.Subscription, ExchangeListener {

    private static final AtomicLongFieldUpdater<EventStream> DEMAND = AtomicLongFieldUpdater.newUpdater(EventStream.class,
            "demand");
    private static final byte[] NOTHING = {};

    private final WireProvider provider;
    private final LlmRequest request;
    private final ProviderFailures failures;
    private final ContextInternal context;
    private final Flow.Subscriber<? super LlmEvent> subscriber;
    private final Queue<LlmEvent> waiting = new ArrayDeque<>(0);
    private volatile long demand;
    private volatile boolean cancelled;

    private ResponseDecoder decoder;
    private Exchange exchange;
    private int status;
    private Map<String, String> headers = Map.of();
    private boolean emitting;
    private boolean paused;
    private boolean endExpected;
    private boolean lastIsOut;
    private boolean ended;
    private Throwable failure;

    EventStream(WireProvider provider, LlmRequest request, ContextInternal context,
            Flow.Subscriber<? super LlmEvent> subscriber) {
        this.provider = provider;
        this.request = request;
        this.failures = provider.failures().of(request);
        this.context = context;
        this.subscriber = subscriber;
    }

    void start() {
        if (cancelled || ended) {
            return;
        }
        try {
            decoder = provider.codec().decoder(request, this::accept);
            exchange = provider.transport().open(context, provider.requests().of(request, true), this);
        } catch (Throwable t) {
            fail(failures.preparing(t));
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
                fail(Subscriptions.getInvalidRequestException());
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
            if (exchange == null) {
                return;
            }
            if (lastIsOut) {
                // a subscriber that has seen the last event often cancels, and the connection is as good as before
                exchange.release();
            } else {
                exchange.cancel();
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

    private void accept(LlmEvent event) {
        if (cancelled || ended) {
            return;
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
            exchange.resume();
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
        if (exchange != null) {
            exchange.abandon(failure);
        }
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
            return;
        }
        if (exchange != null) {
            exchange.abandon(t);
        }
        if (decoder != null && t instanceof LlmException llmFailure) {
            try {
                ProviderFailures.withPartial(llmFailure, decoder);
            } catch (Throwable broken) {
                t.addSuppressed(broken);
            }
        }
        end(t);
    }

    @Override
    public void head(int newStatus, Map<String, String> newHeaders) {
        status = newStatus;
        headers = newHeaders;
    }

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        try {
            decoder.event(name, data, offset, length);
            decoded();
        } catch (Throwable t) {
            fail(failures.decoding(t, data, offset, length));
        }
    }

    @Override
    public void body(byte[] data, int offset, int length) {
        try {
            if (status / 100 != 2) {
                fail(failures.answered(status, headers, data, offset, length));
            } else {
                decoder.body(data, offset, length);
                decoded();
            }
        } catch (Throwable t) {
            fail(failures.decoding(t, data, offset, length));
        }
    }

    private void decoded() {
        if (ended || cancelled) {
            return;
        }
        if (decoder.isComplete()) {
            exchange.release();
            end(null);
            return;
        }
        if (endExpected != decoder.mayEnd()) {
            endExpected = decoder.mayEnd();
            exchange.expectEnd(endExpected);
        }
        if (!paused && !waiting.isEmpty()) {
            paused = true;
            exchange.pause();
        }
    }

    @Override
    public void end() {
        try {
            decoder.end();
            end(null);
        } catch (Throwable t) {
            fail(failures.decoding(t, NOTHING, 0, 0));
        }
    }

    @Override
    public void failed(LlmException cause) {
        if (failures.isHarmless(cause, decoder)) {
            end();
        } else {
            fail(failures.interrupted(cause, decoder));
        }
    }
}
