package io.quarkiverse.llm.messaging.runtime.remote;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;

import io.quarkiverse.llm.LlmEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Writes down what it is told, and where. */
class Listener implements Flow.Subscriber<LlmEvent> {

    final List<LlmEvent> events = new CopyOnWriteArrayList<>();
    final List<Object> ends = new CopyOnWriteArrayList<>();
    final List<Context> contexts = new CopyOnWriteArrayList<>();
    volatile Flow.Subscription subscription;
    private final long first;

    Listener(long first) {
        this.first = first;
    }

    Listener() {
        this(Long.MAX_VALUE);
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (first > 0) {
            newSubscription.request(first);
        }
    }

    @Override
    public void onNext(LlmEvent event) {
        contexts.add(Vertx.currentContext());
        events.add(event);
    }

    @Override
    public void onError(Throwable failure) {
        contexts.add(Vertx.currentContext());
        ends.add(failure);
    }

    @Override
    public void onComplete() {
        contexts.add(Vertx.currentContext());
        ends.add("complete");
    }

    Object end() {
        await().atMost(Pool.patience()).until(() -> !ends.isEmpty());
        return ends.get(0);
    }

    <T extends Throwable> T failure(Class<T> type) {
        return type.cast(end());
    }

    void sees(int count) {
        await().atMost(Pool.patience()).until(() -> events.size() >= count);
    }

    String text() {
        return events.stream().filter(LlmEvent.TextDelta.class::isInstance).map(event -> ((LlmEvent.TextDelta) event).delta())
                .collect(Collectors.joining());
    }
}
