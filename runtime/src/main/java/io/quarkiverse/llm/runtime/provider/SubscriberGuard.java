package io.quarkiverse.llm.runtime.provider;

import java.util.concurrent.Flow;

import io.quarkiverse.llm.LlmEvent;
import io.smallrye.mutiny.subscription.MultiSubscriber;

/**
 * Cancels the stream when its subscriber throws, and tells the subscriber so. For a subscriber behind an operator of Mutiny
 * that hops to another thread: such operators leave what it throws to that thread, and the stream hangs.
 */
final class SubscriberGuard implements MultiSubscriber<LlmEvent> {

    private static final byte[] NOTHING = {};

    private final MultiSubscriber<? super LlmEvent> subscriber;
    private final ProviderFailures failures;
    private Flow.Subscription subscription;
    private boolean over;

    SubscriberGuard(MultiSubscriber<? super LlmEvent> subscriber, ProviderFailures failures) {
        this.subscriber = subscriber;
        this.failures = failures;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        subscriber.onSubscribe(newSubscription);
    }

    @Override
    public void onItem(LlmEvent event) {
        if (over) {
            return;
        }
        try {
            subscriber.onItem(event);
        } catch (Throwable t) {
            subscription.cancel();
            onFailure(failures.decoding(t, NOTHING, 0, 0));
        }
    }

    @Override
    public void onFailure(Throwable failure) {
        if (!over) {
            over = true;
            subscriber.onFailure(failure);
        }
    }

    @Override
    public void onCompletion() {
        if (!over) {
            over = true;
            subscriber.onCompletion();
        }
    }
}
