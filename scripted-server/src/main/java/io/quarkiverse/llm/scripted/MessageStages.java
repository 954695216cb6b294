package io.quarkiverse.llm.scripted;

import java.util.function.Consumer;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** What is put between the messages of a WebSocket. */
final class MessageStages {

    private MessageStages() {
    }

    static Piece text(String message) {
        return new Piece.Data(Buffer.buffer(message), true);
    }

    /** An event of an answer that nobody asked for. */
    static Piece stray() {
        return text(Json.text(new JsonObject().put("type", "response.output_text.delta").put("item_id", "msg_of_no_request")
                .put("output_index", 0).put("content_index", 0).put("delta", "stray").put("sequence_number", 4)));
    }

    /** Puts this after so many events, or at the end of fewer. */
    static Stage after(int events, Piece extra) {
        return new Stage() {
            private int left = events;

            @Override
            public void accept(Piece piece, Consumer<Piece> out) {
                if (left == 0 && piece instanceof Piece.Data) {
                    out.accept(extra);
                    left--;
                }
                out.accept(piece);
                if (left > 0 && piece instanceof Piece.Data data && data.event()) {
                    left--;
                }
            }

            @Override
            public void end(Consumer<Piece> out) {
                if (left >= 0) {
                    out.accept(extra);
                }
            }
        };
    }

    static Stage atEnd(Piece extra) {
        return new Stage() {
            @Override
            public void accept(Piece piece, Consumer<Piece> out) {
                out.accept(piece);
            }

            @Override
            public void end(Consumer<Piece> out) {
                out.accept(extra);
            }
        };
    }
}
