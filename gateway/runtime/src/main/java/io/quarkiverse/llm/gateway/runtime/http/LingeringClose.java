package io.quarkiverse.llm.gateway.runtime.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * The end of a connection over which no other request can come, since the body of this one is not of interest any more. Vert.x
 * says so to the client but leaves the connection open; and who closes it while the client still sends takes the answer from
 * it, since TCP resets such a connection. So what still comes is thrown away, for a while.
 */
record LingeringClose(Vertx vertx, HttpServerRequest request) {

    private static final long MOST_MILLIS = 2_000;
    private static final long NO_ERROR = 0;

    /** Before the answer. */
    void announce() {
        if (!isMultiplexed()) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /**
     * @param answered when the answer is with the client
     */
    void after(Future<Void> answered) {
        if (!request.isEnded()) {
            request.handler(rest -> {
                // nobody wants it
            });
            request.resume();
        }
        answered.onComplete(done -> {
            if (request.isEnded()) {
                close();
                return;
            }
            long timer = vertx.setTimer(MOST_MILLIS, late -> close());
            request.exceptionHandler(gone -> vertx.cancelTimer(timer));
            request.endHandler(end -> {
                vertx.cancelTimer(timer);
                close();
            });
        });
    }

    private void close() {
        if (isMultiplexed()) {
            request.response().reset(NO_ERROR);
        } else {
            request.connection().close();
        }
    }

    private boolean isMultiplexed() {
        return request.version() == HttpVersion.HTTP_2;
    }
}
