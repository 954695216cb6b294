package io.quarkiverse.llm.scripted;

import java.util.Iterator;

import io.vertx.core.Context;
import io.vertx.core.Future;

/** Plays a reply to one request, on the event loop of its connection. */
abstract class Playback {

    /** Lets other events of the loop have their turn, above all the client's close, while a fast client reads on. */
    private static final int WRITES_IN_A_TURN = 64;

    /**
     * How many bytes may wait for the client. We count them ourselves: a stream of HTTP/2 that begins while its connection is
     * busy may be called full for ever by Vert.x 4.5, which flips a flag where it should look.
     */
    private static final int MOST_UNSENT = 64 * 1024;

    final RecordedRequest recorded;
    final Reply reply;
    private final Context context;
    private final Iterator<Piece> pieces;
    private boolean over;
    private long unsent;
    private boolean waiting;

    Playback(Context context, RecordedRequest recorded, Reply reply) {
        this.context = context;
        this.recorded = recorded;
        this.reply = reply;
        this.pieces = reply.pieces();
    }

    /** Writes a piece that is no wait and no stop. Completes when the network has taken it. */
    abstract Future<Void> write(Piece piece);

    /** Shows the client that an answer has begun, before a wait. */
    abstract void flush();

    /** The answer ends in this way. */
    abstract void stop(Ending ending);

    final void play() {
        for (int writes = 0; !over; writes++) {
            if (!pieces.hasNext()) {
                // in the turn of the last write: the client may answer to that at once
                stop(Ending.END);
                return;
            } else if (unsent >= MOST_UNSENT) {
                waiting = true;
                return;
            } else if (writes == WRITES_IN_A_TURN) {
                context.runOnContext(turn -> play());
                return;
            }
            Piece piece = pieces.next();
            if (piece instanceof Piece.Stop stop) {
                stop(stop.ending());
                return;
            } else if (piece instanceof Piece.Hold hold) {
                flush();
                hold.released().whenComplete((value, failure) -> context.runOnContext(released -> play()));
                return;
            } else if (piece instanceof Piece.Wait wait) {
                flush();
                context.owner().setTimer(Math.max(1, wait.duration().toMillis()), elapsed -> play());
                return;
            }
            count(write(piece), piece instanceof Piece.Data data ? data.bytes().length() : 0);
        }
    }

    private void count(Future<Void> write, int bytes) {
        recorded.wrote(bytes);
        unsent += bytes;
        write.onComplete(sent -> {
            recorded.sent(bytes);
            unsent -= bytes;
            if (sent.succeeded() && waiting && unsent < MOST_UNSENT) {
                waiting = false;
                // not from within the write: it would go on for as long as the client reads
                context.runOnContext(turn -> play());
            }
        });
    }

    final void over(Outcome how) {
        over = true;
        recorded.ended(how);
    }

    final boolean isOver() {
        return over;
    }
}
