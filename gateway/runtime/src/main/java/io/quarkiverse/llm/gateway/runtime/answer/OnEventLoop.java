package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicInteger;

import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.impl.ContextInternal;

/**
 * Hands signals on to a subscriber on the event loop of a context: at once where they come on it, as those of configured
 * providers do, and else one after the other. A provider of the application's own may signal on any thread.
 */
final class OnEventLoop<T> implements MultiSubscriber<T> {

    private final ContextInternal context;
    private final MultiSubscriber<T> subscriber;
    /** Signals that are not handed on yet: those that follow must not overtake them. */
    private final AtomicInteger underWay = new AtomicInteger();

    OnEventLoop(ContextInternal context, MultiSubscriber<T> subscriber) {
        this.context = context;
        this.subscriber = subscriber;
    }

    private boolean isHere() {
        return context.nettyEventLoop().inEventLoop() && underWay.get() == 0;
    }

    private void later(Runnable signal) {
        underWay.incrementAndGet();
        context.runOnContext(there -> {
            try {
                signal.run();
            } finally {
                underWay.decrementAndGet();
            }
        });
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (isHere()) {
            subscriber.onSubscribe(subscription);
        } else {
            later(() -> subscriber.onSubscribe(subscription));
        }
    }

    @Override
    public void onItem(T item) {
        if (isHere()) {
            subscriber.onItem(item);
        } else {
            later(() -> subscriber.onItem(item));
        }
    }

    @Override
    public void onFailure(Throwable failure) {
        if (isHere()) {
            subscriber.onFailure(failure);
        } else {
            later(() -> subscriber.onFailure(failure));
        }
    }

    @Override
    public void onCompletion() {
        if (isHere()) {
            subscriber.onCompletion();
        } else {
            later(subscriber::onCompletion);
        }
    }
}
