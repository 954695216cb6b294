package io.quarkiverse.llm.gateway.runtime.http;

import java.time.Duration;

import io.quarkiverse.llm.gateway.runtime.answer.BodyRoom;
import io.quarkiverse.llm.gateway.runtime.answer.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Reads the body of a request, as much and for as long as is allowed.
 *
 * @param most bytes
 * @param mostTime until it must be there
 * @param room that it shares with the bodies of the other requests under way
 */
record RequestBody(long most, Duration mostTime, BodyRoom room) {

    /** Fails with a {@link RefusedException}. */
    Future<Buffer> read(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (isTooLong(request)) {
            return Future.failedFuture(tooLong());
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Future.failedFuture(RefusedException.unsupportedEncoding(encoding));
        }
        if (request.isEnded()) {
            // a body handler of the application was there before
            Buffer body = routing.body() == null ? null : routing.body().buffer();
            return Future.succeededFuture(body == null ? Buffer.buffer() : body);
        }
        if (HttpHeaders.CONTINUE.toString().equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            // such clients send nothing before they hear that they may, or wait a second for it
            request.response().writeContinue();
        }
        return new Reading(routing, request).promise.future();
    }

    private boolean isTooLong(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length != null && Long.parseLong(length) > most;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private RefusedException tooLong() {
        return RefusedException.tooLong(most);
    }

    private final class Reading {

        private final Promise<Buffer> promise = Promise.promise();
        private final Buffer body = Buffer.buffer();
        private long taken;

        Reading(RoutingContext routing, HttpServerRequest request) {
            Vertx vertx = routing.vertx();
            routing.addEndHandler(ended -> room.give(taken));
            long timer = vertx.setTimer(Math.max(1, mostTime.toMillis()),
                    late -> promise.tryFail(RefusedException.tooSlow(mostTime)));
            promise.future().onComplete(read -> vertx.cancelTimer(timer));
            request.handler(this::add);
            request.exceptionHandler(gone -> promise.tryFail(RefusedException.gone()));
            request.endHandler(end -> promise.tryComplete(body));
        }

        private void add(Buffer part) {
            if (promise.future().isComplete()) {
                return;
            }
            if (body.length() + (long) part.length() > most) {
                promise.tryFail(tooLong());
            } else if (!room.take(part.length())) {
                promise.tryFail(RefusedException.noMemory(body.length() + (long) part.length() > room.bytes(), room.bytes()));
            } else {
                taken += part.length();
                body.appendBuffer(part);
            }
        }
    }
}
