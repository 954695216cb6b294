package io.quarkiverse.llm.runtime.provider;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.impl.ContextInternal;

/** The events of one request: each subscription is an exchange of its own. */
final class EventMulti extends AbstractMulti<LlmEvent> {

    private final WireProvider provider;
    private final LlmRequest request;

    EventMulti(WireProvider provider, LlmRequest request) {
        this.provider = provider;
        this.request = request;
    }

    @Override
    public void subscribe(MultiSubscriber<? super LlmEvent> subscriber) {
        ContextInternal context = provider.eventLoops().forCaller();
        Optional<Executor> elsewhere = provider.eventLoops().callersExecutor();
        if (elsewhere.isPresent()) {
            Multi.createFrom().<LlmEvent> publisher(direct -> open(context, direct)).emitOn(elsewhere.get())
                    .subscribe(new SubscriberGuard(subscriber, provider.failures().of(request)));
        } else {
            open(context, subscriber);
        }
    }

    private void open(ContextInternal context, Flow.Subscriber<? super LlmEvent> subscriber) {
        EventStream stream = new EventStream(provider, request, context, subscriber);
        subscriber.onSubscribe(stream);
        if (context.isRunningOnContext()) {
            stream.start();
        } else {
            context.runOnContext(there -> stream.start());
        }
    }
}
