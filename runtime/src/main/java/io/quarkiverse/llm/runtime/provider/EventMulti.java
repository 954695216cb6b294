package io.quarkiverse.llm.runtime.provider;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

import io.quarkiverse.llm.LlmEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.impl.ContextInternal;

/** The events of one request: each subscription is an exchange of its own. */
final class EventMulti extends AbstractMulti<LlmEvent> {

    private final EventLoops eventLoops;
    private final ProviderFailures failures;
    private final Optional<String> orderingKey;
    private final EventSource.Opening opening;

    EventMulti(EventLoops eventLoops, ProviderFailures failures, EventSource.Opening opening) {
        this(eventLoops, failures, Optional.empty(), opening);
    }

    EventMulti(EventLoops eventLoops, ProviderFailures failures, Optional<String> orderingKey, EventSource.Opening opening) {
        this.eventLoops = eventLoops;
        this.failures = failures;
        this.orderingKey = orderingKey;
        this.opening = opening;
    }

    @Override
    public void subscribe(MultiSubscriber<? super LlmEvent> subscriber) {
        ContextInternal context = eventLoops.forCaller(orderingKey);
        Optional<Executor> elsewhere = eventLoops.callersExecutor();
        if (elsewhere.isPresent()) {
            Multi.createFrom().<LlmEvent> publisher(direct -> open(context, direct)).emitOn(elsewhere.get())
                    .subscribe(new SubscriberGuard(subscriber, failures));
        } else {
            open(context, subscriber);
        }
    }

    private void open(ContextInternal context, Flow.Subscriber<? super LlmEvent> subscriber) {
        EventStream stream = new EventStream(opening, failures, context, subscriber);
        subscriber.onSubscribe(stream);
        if (context.isRunningOnContext()) {
            stream.start();
        } else {
            context.runOnContext(there -> stream.start());
        }
    }
}
