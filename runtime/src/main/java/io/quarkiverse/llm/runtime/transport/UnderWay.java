package io.quarkiverse.llm.runtime.transport;

import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * The life of a transport, or of several for requests that take more than one exchange: counts the exchanges, or the requests,
 * and frees what they need when the last one of them is over. Thread-safe.
 */
public final class UnderWay {

    private final Supplier<Future<Void>> free;
    private final Promise<Void> closed = Promise.promise();
    private final Promise<Void> retired = Promise.promise();
    private int exchanges;
    private boolean closing;
    private boolean retiring;

    /**
     * @param free frees what there is; what an exchange needs that begins after it is made anew for it
     */
    public UnderWay(Supplier<Future<Void>> free) {
        this.free = free;
    }

    /** Whether an exchange may begin; then {@link #over} is to be called once. */
    public synchronized boolean begin() {
        if (!closing) {
            exchanges++;
        }
        return !closing;
    }

    /** An exchange takes the place of one that is under way. */
    public synchronized void beginAnother() {
        exchanges++;
    }

    public synchronized void over() {
        exchanges--;
        freeWhenIdle();
    }

    /** As {@link Transport#close()}. */
    public synchronized Future<Void> close() {
        if (!closing) {
            closing = true;
            freeWhenIdle();
        }
        return closed.future();
    }

    /** As {@link Transport#retire()}. */
    public synchronized Future<Void> retire() {
        if (closing) {
            return closed.future();
        }
        retiring = true;
        freeWhenIdle();
        return retired.future();
    }

    private void freeWhenIdle() {
        if (exchanges == 0 && (closing || retiring)) {
            Future<Void> idle = free.get();
            idle.onComplete(done -> retired.tryComplete());
            if (closing) {
                idle.onComplete(closed);
            }
        }
    }
}
