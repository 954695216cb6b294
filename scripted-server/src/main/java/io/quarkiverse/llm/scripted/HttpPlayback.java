package io.quarkiverse.llm.scripted;

import java.util.Map;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** Plays a reply as the response to an HTTP request. */
final class HttpPlayback extends Playback {

    private static final long INTERNAL_ERROR = 0x2;

    private final HttpServerRequest request;
    private final HttpServerResponse response;

    HttpPlayback(Context context, HttpServerRequest request, RecordedRequest recorded, Reply reply) {
        super(context, recorded, reply);
        this.request = request;
        this.response = request.response();
    }

    void start() {
        response.closeHandler(closed -> gone());
        response.exceptionHandler(failure -> gone());
        if (reply.early().isPresent()) {
            stop(reply.early().get());
            return;
        }
        response.setStatusCode(reply.status());
        for (Map.Entry<String, String> header : reply.headers().entrySet()) {
            response.putHeader(header.getKey(), header.getValue());
        }
        response.setChunked(!reply.headers().containsKey("content-length"));
        play();
    }

    @Override
    Future<Void> write(Piece piece) {
        return response.write(((Piece.Data) piece).bytes());
    }

    @Override
    void flush() {
        if (!response.headWritten()) {
            response.write("");
        }
    }

    @Override
    void stop(Ending ending) {
        switch (ending) {
            case STALL -> {
                if (reply.early().isEmpty()) {
                    flush();
                }
            }
            case END -> response.end().onComplete(written -> over(written.succeeded()
                    ? Outcome.COMPLETED
                    : Outcome.CLIENT_CLOSED));
            case DROP -> breakOff(() -> request.connection().close());
            case RESET -> breakOff(() -> TcpReset.of(request.connection()));
        }
    }

    private void breakOff(Runnable closing) {
        over(Outcome.BROKEN_OFF);
        if (request.version() == HttpVersion.HTTP_2) {
            response.reset(INTERNAL_ERROR);
        } else {
            closing.run();
        }
    }

    /** A stream of HTTP/2 closes as soon as its end is sent: then it is the write of the end that tells how it went. */
    private void gone() {
        if (!response.ended()) {
            over(Outcome.CLIENT_CLOSED);
        }
    }
}
