package io.quarkiverse.llm.gateway.runtime.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.Ids;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
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
    private static final int CLIENT_LEFT = 499;
    private static final Runnable NOTHING = () -> {
    };

    private final HttpServerResponse response;
    private final RequestReport report;
    private final ContextInternal context = ContextInternal.current();
    private Runnable whenGone = NOTHING;

    ClientExchange(RoutingContext routing, WireApi api) {
        this.response = routing.response();
        this.report = new RequestReport(Ids.made("req"), api);
        response.putHeader(REQUEST_ID, report.id());
        response.closeHandler(closed -> gone());
        response.exceptionHandler(broken -> {
            // the close follows
        });
    }

    RequestReport report() {
        return report;
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
                report.end(CLIENT_LEFT, "client-left");
            });
        }
    }

    private void settle(AtomicBoolean settled, Runnable action) {
        settled.set(true);
        whenGone = NOTHING;
        if (response.closed()) {
            report.end(CLIENT_LEFT, "client-left");
        } else {
            attempt(action);
        }
    }

    private void onContext(Runnable action) {
        if (context.isRunningOnContext()) {
            action.run();
        } else {
            context.runOnContext(there -> action.run());
        }
    }

    /** What it throws is the answer. */
    void attempt(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            fail(e);
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
        ErrorAnswer error = ErrorAnswer.of(failure);
        error.retryAfter().ifPresent(wait -> response.putHeader(HttpHeaders.RETRY_AFTER,
                String.valueOf(Math.max(0, wait.plusMillis(999).toSeconds()))));
        if (error.closesConnection()) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        json(error.status(), error.body());
        report.end(error.status(), error.code().orElse("failed"));
    }

    private void json(int status, Buffer body) {
        if (!response.ended() && !response.closed() && !response.headWritten()) {
            response.setStatusCode(status);
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
            response.end(body);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
