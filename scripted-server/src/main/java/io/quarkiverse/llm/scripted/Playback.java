package io.quarkiverse.llm.scripted;

import java.util.Iterator;
import java.util.Map;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** Plays a reply to one request, on the event loop of its connection. */
final class Playback {

    /** Lets other events of the loop have their turn, above all the client's close, while a fast client reads on. */
    private static final int WRITES_IN_A_TURN = 64;

    /**
     * How many bytes may wait for the client. We count them ourselves: a stream of HTTP/2 that begins while its connection is
     * busy may be called full for ever by Vert.x 4.5, which flips a flag where it should look.
     */
    private static final int MOST_UNSENT = 64 * 1024;

    private static final long INTERNAL_ERROR = 0x2;

    private final Context context;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final RecordedRequest recorded;
    private final Iterator<Piece> pieces;
    private final Reply reply;
    private boolean over;
    private long unsent;
    private boolean waiting;

    Playback(Context context, HttpServerRequest request, RecordedRequest recorded, Reply reply) {
        this.context = context;
        this.request = request;
        this.response = request.response();
        this.recorded = recorded;
        this.reply = reply;
        this.pieces = reply.pieces();
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

    private void play() {
        for (int writes = 0; !over; writes++) {
            if (unsent >= MOST_UNSENT) {
                waiting = true;
                return;
            } else if (writes == WRITES_IN_A_TURN) {
                context.runOnContext(turn -> play());
                return;
            } else if (!pieces.hasNext()) {
                stop(Ending.END);
                return;
            }
            Piece piece = pieces.next();
            if (piece instanceof Piece.Data data) {
                write(data.bytes());
            } else if (piece instanceof Piece.Stop stop) {
                stop(stop.ending());
                return;
            } else if (piece instanceof Piece.Hold hold) {
                flushHead();
                hold.released().whenComplete((value, failure) -> context.runOnContext(released -> play()));
                return;
            } else {
                flushHead();
                context.owner().setTimer(Math.max(1, ((Piece.Wait) piece).duration().toMillis()), elapsed -> play());
                return;
            }
        }
    }

    private void write(Buffer bytes) {
        recorded.wrote(bytes.length());
        unsent += bytes.length();
        response.write(bytes).onSuccess(sent -> {
            unsent -= bytes.length();
            if (waiting && unsent < MOST_UNSENT) {
                waiting = false;
                play();
            }
        });
    }

    private void stop(Ending ending) {
        switch (ending) {
            case STALL -> {
                if (reply.early().isEmpty()) {
                    flushHead();
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

    private void flushHead() {
        if (!response.headWritten()) {
            response.write("");
        }
    }

    /** A stream of HTTP/2 closes as soon as its end is sent: then it is the write of the end that tells how it went. */
    private void gone() {
        if (!response.ended()) {
            over(Outcome.CLIENT_CLOSED);
        }
    }

    private void over(Outcome how) {
        over = true;
        recorded.ended(how);
    }
}
