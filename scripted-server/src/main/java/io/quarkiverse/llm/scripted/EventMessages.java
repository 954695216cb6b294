package io.quarkiverse.llm.scripted;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;

/** Makes a message of the data of each server-sent event, whatever the pieces are in which the stream comes. */
final class EventMessages implements Stage {

    private final Optional<String> streamId;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private boolean afterReturn;

    EventMessages(Optional<String> streamId) {
        this.streamId = streamId;
    }

    @Override
    public void accept(Piece piece, Consumer<Piece> out) {
        if (!(piece instanceof Piece.Data bytes)) {
            out.accept(piece);
            return;
        }
        for (byte b : bytes.bytes().getBytes()) {
            if (b == '\r' || b == '\n' && !afterReturn) {
                endLine(out);
            } else if (b != '\n') {
                line.write(b);
            }
            afterReturn = b == '\r';
        }
    }

    @Override
    public void end(Consumer<Piece> out) {
        endLine(out);
        endEvent(out);
    }

    private void endLine(Consumer<Piece> out) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (text.isEmpty()) {
            endEvent(out);
        } else if (text.startsWith("data:")) {
            data.append(data.length() == 0 ? "" : "\n").append(text.substring(text.startsWith("data: ") ? 6 : 5));
        }
    }

    private void endEvent(Consumer<Piece> out) {
        String payload = data.toString();
        data.setLength(0);
        if (!payload.isEmpty() && !payload.equals(EventWriter.DONE)) {
            out.accept(new Piece.Data(Buffer.buffer(streamId.map(id -> ofStream(id, payload)).orElse(payload)), true));
        }
    }

    private static String ofStream(String id, String payload) {
        try {
            return Json.text(Json.object(payload).put("stream_id", id));
        } catch (DecodeException | ClassCastException e) {
            // a recording's own, or garbage that a test has written
            return payload;
        }
    }
}
