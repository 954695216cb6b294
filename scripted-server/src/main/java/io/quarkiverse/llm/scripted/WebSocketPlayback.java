package io.quarkiverse.llm.scripted;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Plays a reply as messages of a WebSocket, which stays open after it. */
final class WebSocketPlayback extends Playback {

    private static final Set<String> LAST = Set.of("response.completed", "response.incomplete", "response.failed", "error");
    private static final Buffer PING = Buffer.buffer("scripted");

    private final FrameWriter frames;
    private final Optional<IntSupplier> sizes;
    private final boolean pings;
    private final Consumer<Optional<JsonObject>> whenDone;
    private Future<Void> lastWrite = Future.succeededFuture();
    private Optional<JsonObject> last = Optional.empty();

    /** @param whenDone gets the last event that told how the response ended, unless the connection ends with the answer */
    WebSocketPlayback(Context context, FrameWriter frames, RecordedRequest recorded, Reply reply,
            List<Fault> faults, Consumer<Optional<JsonObject>> whenDone) {
        super(context, recorded, reply);
        this.frames = frames;
        this.sizes = faults.stream().filter(Split.class::isInstance).findFirst().map(split -> ((Split) split).sizes().get());
        this.pings = faults.contains(WebSocketFault.PINGS);
        this.whenDone = whenDone;
    }

    void start() {
        reply.early().ifPresentOrElse(this::stop, this::play);
    }

    @Override
    Future<Void> write(Piece piece) {
        if (piece instanceof Piece.Data data) {
            lastWrite = data.event() ? message(data.bytes()) : frames.torn(data.bytes());
        } else if (piece instanceof Piece.Binary binary) {
            lastWrite = frames.binary(binary.bytes());
        } else if (piece instanceof Piece.Close close) {
            over(last.isPresent() ? Outcome.COMPLETED : Outcome.BROKEN_OFF);
            lastWrite = frames.close(close.code());
        }
        return lastWrite;
    }

    private Future<Void> message(Buffer text) {
        last = ending(text.toString()).or(() -> last);
        if (sizes.isPresent()) {
            return frames.message(text, sizes.get(), this::pingIfAsked);
        }
        pingIfAsked();
        return frames.message(text);
    }

    private void pingIfAsked() {
        if (pings) {
            frames.ping(PING);
        }
    }

    /** Most messages are deltas: they are not parsed. */
    private static Optional<JsonObject> ending(String message) {
        if (LAST.stream().noneMatch(type -> message.contains('"' + type + '"'))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.object(message)).filter(event -> LAST.contains(EventEdits.type(event)));
        } catch (DecodeException | ClassCastException e) {
            // garbage that the test has written is no end
            return Optional.empty();
        }
    }

    @Override
    void flush() {
        // the writer does at the end of each turn
    }

    @Override
    void stop(Ending ending) {
        switch (ending) {
            case STALL -> {
                // the client, or the test, closes it
            }
            case END -> lastWrite.onComplete(written -> {
                if (!isOver()) {
                    over(written.succeeded() ? Outcome.COMPLETED : Outcome.CLIENT_CLOSED);
                    whenDone.accept(last);
                }
            });
            case DROP -> {
                over(Outcome.BROKEN_OFF);
                frames.drop();
            }
            case RESET -> {
                over(Outcome.BROKEN_OFF);
                frames.reset();
            }
        }
    }
}
