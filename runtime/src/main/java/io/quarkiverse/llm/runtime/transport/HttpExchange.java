package io.quarkiverse.llm.runtime.transport;

import io.netty.buffer.Unpooled;
import io.quarkiverse.llm.LlmException;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;

/**
 * One request and its answer: waits for room, for a connection, for the answer, and reads it. Everything but
 * {@link #entered()} happens on its event loop.
 */
final class HttpExchange implements Exchange, ConcurrencyLimiter.Waiter, AnswerReader.Sink {

    /** How much is read of the rest of an answer that nobody wants, for the sake of its connection. */
    private static final int MOST_OF_REST = 64 * 1024;

    private final HttpTransport transport;
    private final ContextInternal context;
    private final OutgoingRequest outgoing;
    private final ExchangeListener listener;
    private final ExchangeLog log;
    private final Watchdog watchdog;
    private final int maxSize;

    private ExchangeTap tap = ExchangeTap.NONE;
    private boolean opening = true;
    private boolean inside;
    private boolean over;
    private boolean paused;
    private boolean released;
    private boolean begun;
    private boolean ended;
    private boolean ending;
    private HttpClientRequest request;
    private HttpClientResponse response;
    private AnswerReader reader;
    private long received;

    HttpExchange(HttpTransport transport, ContextInternal context, OutgoingRequest outgoing, ExchangeListener listener) {
        this.transport = transport;
        this.context = context;
        this.outgoing = outgoing;
        this.listener = listener;
        this.log = transport.log();
        this.maxSize = transport.settings().sizeLimits().maxResponseSize();
        this.watchdog = new Watchdog(context, outgoing, this::expired);
    }

    /**
     * @param accepted whether the transport takes requests at all
     */
    void start(boolean accepted) {
        if (!accepted) {
            over = true;
            context.runOnContext(later -> tell(transport.failures().closed()));
            return;
        }
        prepare();
        switch (transport.limiter().enter(this)) {
            case ENTERED -> connect();
            case QUEUED_FIRST -> {
                log.queueing();
                watchdog.waiting();
            }
            case QUEUED -> watchdog.waiting();
            case REFUSED -> fail(transport.failures().queueFull());
        }
        opening = false;
    }

    private void prepare() {
        tap = transport.taps().of(outgoing);
        tap.request(outgoing);
        watchdog.limitTotal();
    }

    @Override
    public void entered() {
        context.runOnContext(there -> {
            if (over) {
                transport.limiter().leave();
            } else {
                connect();
            }
        });
    }

    private void connect() {
        inside = true;
        watchdog.connecting();
        RequestOptions options;
        try {
            options = outgoing.options(transport.settings().endpoint());
        } catch (IllegalArgumentException e) {
            fail(transport.failures().badRequest(e));
            return;
        }
        try {
            transport.client(context).request(options).onComplete(this::connected);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void connected(AsyncResult<HttpClientRequest> connected) {
        if (over) {
            if (connected.succeeded()) {
                transport.resets().unsent(connected.result());
            }
            return;
        }
        if (connected.failed()) {
            fail(connected.cause());
            return;
        }
        request = connected.result();
        watchdog.sent();
        tap.sent();
        // told of the same failure as the answer's future
        request.exceptionHandler(this::broken);
        byte[] body = outgoing.body();
        try {
            (body.length == 0 ? request.send() : request.send(BufferImpl.buffer(Unpooled.wrappedBuffer(body))))
                    .onComplete(this::answered);
        } catch (IllegalArgumentException e) {
            fail(transport.failures().badRequest(e));
        }
    }

    private void answered(AsyncResult<HttpClientResponse> answered) {
        if (over) {
            if (answered.succeeded()) {
                answered.result().pause();
            }
            return;
        }
        if (answered.failed()) {
            fail(answered.cause());
            return;
        }
        response = answered.result();
        response.exceptionHandler(this::broken);
        response.handler(this::chunk);
        response.endHandler(end -> ended());
        if (paused) {
            response.pause();
        }
        try {
            Head head = Head.of(response);
            reader = new AnswerReader(head.mayBeEvents(outgoing.stream()),
                    transport.settings().sizeLimits().maxEventSize(), this);
            tap.head(head);
            listener.head(head.status(), head.headers());
        } catch (Throwable t) {
            fail(t);
        }
    }

    private void chunk(Buffer buffer) {
        if (over) {
            return;
        }
        received += buffer.length();
        tap.bytes(buffer);
        if (released) {
            if (received > MOST_OF_REST) {
                stop(HowItEnded.RELEASED);
            }
            return;
        }
        if (received > maxSize) {
            fail(transport.failures().responseTooLarge());
            return;
        }
        if (begun) {
            watchdog.signOfLife();
        }
        try {
            reader.read(buffer);
            if (!begun && reader.isBody()) {
                begin();
            }
        } catch (Throwable t) {
            fail(t);
        }
    }

    /** From the first thing that counts on, it is silence that is watched. */
    private void begin() {
        begun = true;
        if (!over && !released) {
            watchdog.begun();
        }
    }

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        if (over || released) {
            return;
        }
        if (!begun) {
            begin();
        }
        tap.event(name, data, offset, length);
        listener.event(name, data, offset, length);
    }

    @Override
    public void body(byte[] data, int offset, int length) {
        tap.body(data, offset, length);
        listener.body(data, offset, length);
    }

    private void ended() {
        ended = true;
        if (!over) {
            complete();
        }
    }

    /** The room is kept until the listener has been told: what comes instead of an answer of no use takes it. */
    private void complete() {
        ending = true;
        try {
            if (!released) {
                reader.end();
            }
            if (!over && !released) {
                listener.end();
            }
        } catch (Throwable t) {
            if (over) {
                log.lost(t);
            }
            fail(t);
        }
        stop(howItEnded());
    }

    private String howItEnded() {
        return ended ? HowItEnded.END : HowItEnded.RELEASED;
    }

    private void broken(Throwable failure) {
        if (released) {
            stop(HowItEnded.RELEASED);
        } else {
            fail(failure);
        }
    }

    private void expired(TimeLimit limit) {
        if (over) {
            return;
        }
        if (released) {
            stop(HowItEnded.RELEASED);
        } else if (limit.failure() == null) {
            complete();
        } else {
            fail(transport.failures().timeout(limit.failure(), limit.span()));
        }
    }

    private void fail(Throwable cause) {
        if (opening) {
            context.runOnContext(later -> fail(cause));
            return;
        }
        if (!over) {
            LlmException failure = failure(cause);
            stop(HowItEnded.failed(failure, request != null));
            tell(failure);
        }
    }

    private LlmException failure(Throwable cause) {
        return transport.failures().of(cause, request != null, response != null, outgoing.limits().connect());
    }

    private void tell(LlmException failure) {
        try {
            listener.failed(failure);
        } catch (Throwable t) {
            log.lost(t);
        }
    }

    /**
     * The exchange is over: frees everything, and closes it with the server unless the answer was read to its end.
     *
     * @param how of {@link HowItEnded}
     */
    private void stop(String how) {
        if (over) {
            return;
        }
        over = true;
        tap.ended(how);
        watchdog.stop();
        if (request != null && !ended) {
            transport.resets().reset(context, request, response, () -> ended);
        }
        if (inside) {
            transport.limiter().leave();
        } else {
            transport.limiter().giveUp(this);
        }
        transport.underWay().over();
    }

    @Override
    public void pause() {
        if (over) {
            return;
        }
        paused = true;
        watchdog.pause();
        if (response != null) {
            response.pause();
        }
    }

    @Override
    public void resume() {
        if (over) {
            return;
        }
        paused = false;
        watchdog.resume();
        if (response != null) {
            response.resume();
        }
    }

    @Override
    public void expectEnd(boolean expected) {
        if (!over && !released) {
            watchdog.expectEnd(expected);
        }
    }

    @Override
    public void release() {
        if (over || released) {
            return;
        }
        released = true;
        if (ending) {
            stop(howItEnded());
            return;
        }
        received = 0;
        watchdog.released();
        if (paused) {
            resume();
        }
    }

    @Override
    public void cancel() {
        stop(ended ? HowItEnded.END : HowItEnded.CANCELLED);
    }

    @Override
    public void abandon(Throwable why) {
        stop(ended ? HowItEnded.END : HowItEnded.failed(why, request != null));
    }

    @Override
    public Exchange replace(Throwable why, OutgoingRequest next, ExchangeListener nextListener) {
        if (over || !inside) {
            abandon(why);
            return transport.open(context, next, nextListener);
        }
        HttpExchange other = new HttpExchange(transport, context, next, nextListener);
        transport.underWay().beginAnother();
        inside = false;
        abandon(why);
        other.prepare();
        other.connect();
        other.opening = false;
        return other;
    }
}
