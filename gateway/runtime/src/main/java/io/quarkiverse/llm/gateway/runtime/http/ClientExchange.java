package io.quarkiverse.llm.gateway.runtime.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.Ids;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;

/** One request of a client and what it is told besides the answer itself. On the event loop of the response alone. */
final class ClientExchange {

    static final String WARNING = "x-llm-gateway-warning";
    private static final String REQUEST_ID = "x-request-id";
    private static final int MOST_WARNINGS = 8;
    private static final int LONGEST_WARNING = 200;
    /** As other servers log it, too. Nobody gets it. */
    static final int CLIENT_LEFT = 499;
    /** In bytes of JSON. What is longer holds up all others on the event loop. */
    private static final int MOST_ON_EVENT_LOOP = 256 * 1024;
    private static final Runnable NOTHING = () -> {
    };

    private final HttpServerResponse response;
    private final LingeringClose close;
    private final RequestReport report;
    private final ContextInternal context = ContextInternal.current();
    private Runnable whenGone = NOTHING;

    ClientExchange(RoutingContext routing, WireApi api) {
        this.response = routing.response();
        this.close = new LingeringClose(routing.vertx(), routing.request());
        this.report = new RequestReport(Ids.made("req"), api);
        response.putHeader(REQUEST_ID, report.id());
        // not with handlers of the response: it has one of each, and they are those of the routing context
        routing.addEndHandler(end -> gone());
    }

    RequestReport report() {
        return report;
    }

    ContextInternal context() {
        return context;
    }

    /** Writes the answer in events. */
    EventWriter events() {
        return new EventWriter(response, context);
    }

    /** When the client is gone before it has all of the answer; at once when it is already. Only one action at a time. */
    void onGone(Runnable action) {
        whenGone = action;
        if (response.closed()) {
            gone();
        }
    }

    private void gone() {
        Runnable action = whenGone;
        whenGone = NOTHING;
        if (!response.ended()) {
            action.run();
        }
    }

    /** Goes on with a result when it is there, and fails with its failure. When the client leaves, nobody waits any more. */
    <T> void await(Uni<T> result, Consumer<T> next) {
        AtomicBoolean settled = new AtomicBoolean();
        Cancellable waiting = result.subscribe().with(item -> onContext(() -> settle(settled, () -> next.accept(item))),
                failure -> onContext(() -> settle(settled, () -> fail(failure))));
        if (!settled.get()) {
            onGone(() -> {
                waiting.cancel();
                left(CLIENT_LEFT);
            });
        }
    }

    private void settle(AtomicBoolean settled, Runnable action) {
        settled.set(true);
        whenGone = NOTHING;
        if (response.closed()) {
            left(CLIENT_LEFT);
        } else {
            attempt(action);
        }
    }

    /** Does something that takes longer the longer the body is, and goes on with what comes of it. */
    <T> void compute(int bytes, Callable<T> work, Consumer<T> next) {
        if (bytes <= MOST_ON_EVENT_LOOP) {
            attempt(() -> next.accept(result(work)));
        } else {
            await(Uni.createFrom().completionStage(() -> context.executeBlocking(work, false).toCompletionStage()), next);
        }
    }

    private static <T> T result(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** On the event loop, though an application's own provider may answer on any thread. */
    private void onContext(Runnable action) {
        if (context.nettyEventLoop().inEventLoop()) {
            action.run();
        } else {
            context.runOnContext(there -> action.run());
        }
    }

    /** What it throws is the answer: nobody may be left without one. */
    void attempt(Runnable action) {
        try {
            action.run();
        } catch (Throwable t) {
            fail(t);
        }
    }

    /** Tells what could not be taken as it was. Before the answer begins. */
    void warn(List<Degradation> degradations) {
        report.degraded(degradations);
        degradations.stream().limit(MOST_WARNINGS).map(ClientExchange::headerValue)
                .forEach(warning -> response.headers().add(WARNING, warning));
        if (degradations.size() > MOST_WARNINGS) {
            response.headers().add(WARNING, "and " + (degradations.size() - MOST_WARNINGS) + " more, which the log has");
        }
    }

    /** Names of tools and of files are the client's own, of any characters. */
    private static String headerValue(Degradation degradation) {
        String text = degradation.toString();
        StringBuilder value = new StringBuilder();
        text.chars().limit(LONGEST_WARNING).map(c -> c < ' ' || c > '~' ? '?' : c).forEach(c -> value.append((char) c));
        return value.toString();
    }

    /** The answer comes in events. */
    void commitStream() {
        response.setStatusCode(200).setChunked(true);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        response.putHeader("x-accel-buffering", "no");
    }

    /** The answer is one document. */
    void answer(byte[] json, String outcome) {
        json(200, Buffer.buffer(json));
        report.end(200, outcome);
    }

    void fail(Throwable failure) {
        ErrorAnswer error = ErrorAnswer.of(failure, report.id());
        error.retryAfter().ifPresent(wait -> response.putHeader(HttpHeaders.RETRY_AFTER,
                String.valueOf(Math.max(0, wait.plusMillis(999).toSeconds()))));
        if (error.closesConnection()) {
            close.announce();
        }
        Future<Void> answered = json(error.status(), error.body());
        if (error.closesConnection()) {
            close.after(answered);
        }
        report.end(error.status(), error.code().orElse("failed"));
    }

    private Future<Void> json(int status, Buffer body) {
        if (response.ended() || response.closed() || response.headWritten()) {
            return Future.succeededFuture();
        }
        response.setStatusCode(status);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        return response.end(body);
    }

    /** The client is gone. */
    void left(int status) {
        report.end(status, "client-left");
    }

    /** Ends the connection to a client that takes nothing. */
    void reset() {
        response.reset();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
