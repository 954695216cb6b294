package io.quarkiverse.llm.runtime.transport;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;

/** Pings an HTTP/2 connection now and then, and closes it when it is dead: nothing else would notice a lost peer. */
final class Http2Pings implements Handler<Long> {

    private static final long INTERVAL_MILLIS = 20_000;
    private static final Buffer PING = Buffer.buffer(new byte[8]);

    private final HttpConnection connection;
    private boolean unanswered;

    private Http2Pings(HttpConnection connection) {
        this.connection = connection;
    }

    static void start(Vertx vertx, HttpConnection connection) {
        boolean http2 = connection.getWindowSize() >= 0;
        if (http2) {
            long timer = vertx.setPeriodic(INTERVAL_MILLIS, new Http2Pings(connection));
            connection.closeHandler(closed -> vertx.cancelTimer(timer));
        }
    }

    @Override
    public void handle(Long timer) {
        if (unanswered) {
            connection.close();
            return;
        }
        unanswered = true;
        connection.ping(PING).onSuccess(pong -> unanswered = false);
    }
}
