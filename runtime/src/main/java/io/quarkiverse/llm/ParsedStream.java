package io.quarkiverse.llm;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.smallrye.mutiny.subscription.SwitchableSubscriptionSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * A stream with its value before its last event. An operator of its own: Mutiny's concatenation subscribes only when there is
 * demand, on the thread it comes from, and flattening makes a stream of each event.
 */
final class ParsedStream extends AbstractMulti<LlmEvent> {

    private final String provider;
    private final Multi<LlmEvent> events;
    private final OutputType<?> type;

    ParsedStream(LlmProvider provider, LlmRequest request, OutputType<?> type) {
        this.provider = provider.name();
        this.events = provider.stream(type.applyTo(request));
        this.type = type;
    }

    @Override
    public void subscribe(MultiSubscriber<? super LlmEvent> subscriber) {
        Parsing parsing = new Parsing(subscriber);
        subscriber.onSubscribe(parsing);
        events.subscribe(parsing);
    }

    static LlmException withoutEnd(String provider) {
        return new LlmException("The stream of provider '" + provider + "' completed without a ResponseCompleted",
                LlmErrorDetails.of(provider));
    }

    /** Holds the last event back until the stream completes, and goes on with a stream of two then. */
    private final class Parsing extends SwitchableSubscriptionSubscriber<LlmEvent> {

        private long emitted;
        private LlmResponse response;
        private Context context;
        private boolean parsed;

        Parsing(MultiSubscriber<? super LlmEvent> subscriber) {
            super(subscriber);
        }

        @Override
        public void onItem(LlmEvent event) {
            if (!parsed && event instanceof LlmEvent.ResponseCompleted completed) {
                response = completed.response();
                context = Vertx.currentContext();
            } else {
                emitted++;
                downstream.onItem(event);
            }
        }

        @Override
        public void onCompletion() {
            if (parsed) {
                downstream.onCompletion();
                return;
            }
            parsed = true;
            Multi<LlmEvent> end;
            try {
                end = end();
            } catch (Throwable t) {
                downstream.onFailure(t);
                return;
            }
            emitted(emitted);
            end.subscribe(this);
        }

        private Multi<LlmEvent> end() {
            if (response == null) {
                throw withoutEnd(provider);
            }
            LlmEvent value = new LlmEvent.ResponseParsed<>(type.read(provider, response));
            Multi<LlmEvent> end = Multi.createFrom().items(value, new LlmEvent.ResponseCompleted(response));
            // demand may come from any thread, but events come on one context
            return context == null ? end : end.emitOn(signal -> context.runOnContext(nothing -> signal.run()));
        }
    }
}
