package io.quarkiverse.llm.runtime.provider;

import java.util.Map;
import java.util.function.Supplier;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.runtime.transport.Exchange;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.impl.ContextInternal;

/**
 * An exchange whose answer is of interest only as a whole.
 *
 * @param <T> what the answer is read as
 */
final class WholeAnswer<T> implements ExchangeListener {

    /** Makes something of an answer that is no error. */
    interface Reading<T> {

        /** Servers may answer in events though they were not asked to. */
        void event(String name, byte[] data, int offset, int length);

        void body(byte[] data, int offset, int length);

        T end();

        /** It is over, well or not. Called once, before anybody is told. */
        default void over() {
        }

        /** Whether nothing but the path says what is asked for, so that a 404 speaks of it. */
        default boolean isOfThePath() {
            return false;
        }
    }

    private static final byte[] NOTHING = {};

    private final WireProvider provider;
    private final ContextInternal context;
    private final Supplier<OutgoingRequest> request;
    private final Reading<T> reading;
    private final ProviderFailures failures;
    private final UniEmitter<? super T> emitter;
    private Exchange exchange;
    private OutgoingRequest outgoing;
    private int status;
    private Map<String, String> headers;
    private boolean underWay;
    private boolean over;

    WholeAnswer(WireProvider provider, Supplier<OutgoingRequest> request, Reading<T> reading, ProviderFailures failures,
            UniEmitter<? super T> emitter) {
        this.provider = provider;
        this.context = provider.eventLoops().forCaller();
        this.request = request;
        this.reading = reading;
        this.failures = failures;
        this.emitter = emitter;
    }

    void start() {
        emitter.onTermination(() -> onContext(this::cancel));
        onContext(this::open);
    }

    private void onContext(Runnable action) {
        if (context.isRunningOnContext()) {
            action.run();
        } else {
            context.runOnContext(there -> action.run());
        }
    }

    private void open() {
        if (over) {
            return;
        }
        try {
            provider.begin();
            underWay = true;
            outgoing = request.get();
            exchange = provider.http().open(context, outgoing, this);
        } catch (Throwable t) {
            fail(failures.preparing(t));
        }
    }

    private void finish() {
        if (!over) {
            over = true;
            if (underWay) {
                provider.over();
            }
            reading.over();
        }
    }

    private void cancel() {
        finish();
        if (exchange != null) {
            exchange.cancel();
        }
    }

    private void fail(LlmException failure) {
        finish();
        if (exchange != null) {
            exchange.abandon(failure);
        }
        emitter.fail(failure);
    }

    @Override
    public void head(int newStatus, Map<String, String> newHeaders) {
        status = newStatus;
        headers = newHeaders;
    }

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        try {
            reading.event(name, data, offset, length);
        } catch (Throwable t) {
            fail(failures.decoding(t, data, offset, length));
        }
    }

    @Override
    public void body(byte[] data, int offset, int length) {
        try {
            if (status / 100 != 2) {
                throw reading.isOfThePath() ? failures.answered(outgoing, status, headers, data, offset, length)
                        : failures.answered(status, headers, data, offset, length);
            }
            reading.body(data, offset, length);
        } catch (Throwable t) {
            fail(failures.decoding(t, data, offset, length));
        }
    }

    @Override
    public void end() {
        try {
            T answer = reading.end();
            exchange.release();
            finish();
            emitter.complete(answer);
        } catch (Throwable t) {
            fail(failures.decoding(t, NOTHING, 0, 0));
        }
    }

    @Override
    public void failed(LlmException failure) {
        finish();
        emitter.fail(failure);
    }
}
