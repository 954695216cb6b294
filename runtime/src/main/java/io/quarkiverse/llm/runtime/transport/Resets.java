package io.quarkiverse.llm.runtime.transport;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.BooleanSupplier;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.ContextInternal;

/**
 * Breaks off exchanges so that others live on: over HTTP/1.1 the next one of the connection, over HTTP/2 those beside it. Netty
 * answers each frame of HTTP/2 that arrives late, for a stream that is reset already, with a reset, and closes the connection
 * after 200 of those within 30 seconds: a guard for servers (CVE-2025-55163) that the client of Vert.x 4.5 cannot switch off.
 * A fast stream can have hundreds of frames on their way. So a stream is no longer read first, which stops the server when the
 * window of the stream is full, and reset when what was on its way has had time to arrive; and a connection with many resets
 * finishes its streams and goes. Thread-safe.
 */
final class Resets {

    /** RFC 9113, 7: CANCEL. With HTTP/1.1 any code closes the connection. */
    private static final long CANCEL = 8;
    private static final long NO_ERROR = 0;
    /** Longer than most ways to a server and back, too short for a model to compute much. */
    private static final long ARRIVING_MILLIS = 200;
    private static final int MOST = 100;

    private final Map<HttpConnection, Integer> counts = Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * To be called on the context. A response that comes later is to be paused.
     *
     * @param ended whether the response was read to its end
     */
    void reset(ContextInternal context, HttpClientRequest request, HttpClientResponse response, BooleanSupplier ended) {
        if (request.version() != HttpVersion.HTTP_2) {
            close(context, request, response, ended);
            return;
        }
        if (response != null) {
            response.pause();
        }
        context.setTimer(ARRIVING_MILLIS, arrived -> request.reset(CANCEL));
        count(request.connection());
    }

    /**
     * The end of a response may have come in unread. Then the connection serves another request already, and Vert.x would close
     * it nevertheless.
     */
    private static void close(ContextInternal context, HttpClientRequest request, HttpClientResponse response,
            BooleanSupplier ended) {
        if (response == null) {
            request.reset(CANCEL);
            return;
        }
        response.resume();
        context.runOnContext(allRead -> {
            if (!ended.getAsBoolean()) {
                request.reset(CANCEL);
            }
        });
    }

    /** Gives up a request that was not sent. */
    void unsent(HttpClientRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            // the pool of Vert.x 4.5 takes back only a stream that exists; without a body it is no request yet
            request.sendHead();
        }
        // else Vert.x logs the reset as an error that nobody handles
        request.exceptionHandler(reset -> {
        });
        request.reset(CANCEL);
    }

    private void count(HttpConnection connection) {
        if (counts.merge(connection, 1, Integer::sum) == MOST) {
            // not shutdown(): the timer that Netty sets for it outlives the connection
            connection.shutdownHandler(finished -> connection.close());
            connection.goAway(NO_ERROR);
        }
    }
}
