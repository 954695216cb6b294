package io.quarkiverse.llm.runtime.provider;

import java.util.concurrent.Flow;
import java.util.function.Supplier;

import io.quarkiverse.llm.LlmEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;

/**
 * Subscribes each subscriber to the events that there are at that moment. Mutiny's own operator for that carries the
 * subscriber's contexts over with each event, which costs more than the event; a subscriber that wants them has them from its
 * own subscription.
 */
final class CurrentEvents extends AbstractMulti<LlmEvent> {

    private final Supplier<Multi<LlmEvent>> current;

    CurrentEvents(Supplier<Multi<LlmEvent>> current) {
        this.current = current;
    }

    @Override
    public void subscribe(MultiSubscriber<? super LlmEvent> subscriber) {
        Flow.Publisher<LlmEvent> events;
        try {
            events = current.get();
        } catch (RuntimeException e) {
            Subscriptions.fail(subscriber, e);
            return;
        }
        events.subscribe(subscriber);
    }
}
