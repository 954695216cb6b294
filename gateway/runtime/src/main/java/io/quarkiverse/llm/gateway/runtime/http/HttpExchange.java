package io.quarkiverse.llm.gateway.runtime.http;

import java.util.List;
import java.util.Map;

import io.quarkiverse.llm.gateway.runtime.answer.AnswerOut;
import io.quarkiverse.llm.gateway.runtime.answer.ErrorAnswer;
import io.quarkiverse.llm.gateway.runtime.answer.Exchange;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.Degradation;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/** A request over HTTP, which has one answer. */
final class HttpExchange extends Exchange {

    static final String WARNING = "x-llm-gateway-warning";
    private static final String REQUEST_ID = "x-request-id";
    private static final int MOST_WARNINGS = 8;
    private static final int LONGEST_WARNING = 200;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final LingeringClose close;

    HttpExchange(RoutingContext routing, WireApi api) {
        super(ContextInternal.current(), api);
        this.request = routing.request();
        this.response = routing.response();
        this.close = new LingeringClose(routing.vertx(), request);
        response.putHeader(REQUEST_ID, report().id());
        Guard.caller(routing).ifPresent(this::calledBy);
        // not with handlers of the response: it has one of each, and they are those of the routing context
        routing.addEndHandler(end -> {
            if (!response.ended()) {
                gone();
            }
        });
    }

    @Override
    protected boolean isGone() {
        return response.closed();
    }

    @Override
    public AnswerOut events() {
        return new EventWriter(response, context());
    }

    @Override
    public void warn(List<Degradation> degradations) {
        report().degraded(degradations);
        if (response.headWritten()) {
            // what comes to light so late is for the log alone
            return;
        }
        degradations.stream().limit(MOST_WARNINGS).map(HttpExchange::headerValue)
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

    @Override
    protected void tell(Map<String, String> headers) {
        if (!response.headWritten()) {
            headers.forEach(response::putHeader);
        }
    }

    @Override
    protected void send(int status, byte[] json) {
        json(status, Buffer.buffer(json));
    }

    @Override
    protected void send(ErrorAnswer error) {
        error.retryAfterSeconds().ifPresent(wait -> response.putHeader(HttpHeaders.RETRY_AFTER, wait));
        tell(error.headers());
        if (error.closesConnection()) {
            close.announce();
        }
        Future<Void> answered = json(error.status(), error.body());
        if (error.closesConnection()) {
            close.after(answered);
        }
    }

    private Future<Void> json(int status, Buffer body) {
        if (response.ended() || response.closed() || response.headWritten()) {
            return Future.succeededFuture();
        }
        response.setStatusCode(status);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        return response.end(body);
    }

    /** Over HTTP/1.1 Vert.x would close the connection when all is written, which such a client never lets happen. */
    @Override
    public void reset() {
        if (request.version() == HttpVersion.HTTP_2) {
            response.reset();
        } else {
            ((ConnectionBase) request.connection()).channelHandlerContext().close();
        }
    }
}
