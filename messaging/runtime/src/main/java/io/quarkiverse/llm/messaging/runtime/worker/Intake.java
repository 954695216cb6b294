package io.quarkiverse.llm.messaging.runtime.worker;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.vertx.core.Context;

/** Takes as many messages from a channel as there are free places for them; the others stay there. */
final class Intake implements Flow.Subscriber<Message<?>> {

    private final Context context;
    private final int places;
    private final Consumer<Message<?>> taken;
    private final Consumer<Message<?>> late;
    private final Consumer<Throwable> ended;
    private Flow.Subscription subscription;
    private boolean closed;
    private boolean left;

    /**
     * @param context where everything else happens
     * @param late called on the context for what comes when none is taken any more
     * @param ended called on the context when the channel ends, with the reason or {@code null}
     */
    Intake(Context context, int places, Consumer<Message<?>> taken, Consumer<Message<?>> late,
            Consumer<Throwable> ended) {
        this.context = context;
        this.places = places;
        this.taken = taken;
        this.late = late;
        this.ended = ended;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        context.runOnContext(here -> {
            if (subscription != null || left) {
                newSubscription.cancel();
                return;
            }
            subscription = newSubscription;
            if (!closed) {
                newSubscription.request(places);
            }
        });
    }

    @Override
    public void onNext(Message<?> message) {
        context.runOnContext(here -> {
            if (closed) {
                late.accept(message);
            } else {
                taken.accept(message);
            }
        });
    }

    @Override
    public void onError(Throwable failure) {
        context.runOnContext(here -> ended.accept(failure));
    }

    @Override
    public void onComplete() {
        context.runOnContext(here -> ended.accept(null));
    }

    /** One of them is finished. On the context. */
    void free() {
        if (!closed) {
            subscription.request(1);
        }
    }

    /** Takes no more. On the context. */
    void close() {
        closed = true;
    }

    /** Leaves the channel. On the context. */
    void cancel() {
        close();
        left = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
