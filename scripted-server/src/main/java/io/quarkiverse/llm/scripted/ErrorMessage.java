package io.quarkiverse.llm.scripted;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Makes of an answer with an HTTP error the message in which a WebSocket tells it. */
final class ErrorMessage implements Stage {

    private static final Set<String> OF_HTTP = Set.of("content-type", "content-length", "cache-control");

    private final int status;
    private final Map<String, String> headers;
    private final Optional<String> streamId;
    private final Buffer body = Buffer.buffer();

    ErrorMessage(Reply reply, Optional<String> streamId) {
        this.status = reply.status();
        this.headers = new TreeMap<>(reply.headers());
        this.headers.keySet().removeAll(OF_HTTP);
        this.streamId = streamId;
    }

    @Override
    public void accept(Piece piece, Consumer<Piece> out) {
        if (piece instanceof Piece.Data data) {
            body.appendBuffer(data.bytes());
        } else {
            out.accept(piece);
        }
    }

    @Override
    public void end(Consumer<Piece> out) {
        JsonObject message = new JsonObject().put("type", "error").put("status", status).put("error", error())
                .put("headers", new JsonObject(Map.copyOf(headers)));
        streamId.ifPresent(id -> message.put("stream_id", id));
        out.accept(new Piece.Data(Buffer.buffer(Json.text(message)), true));
    }

    /** The error of the body; where it has none of OpenAI's shape, one that says what it is. */
    private JsonObject error() {
        String text = body.toString();
        try {
            if (Json.value(text) instanceof JsonObject json && json.getValue("error") instanceof JsonObject error) {
                return error;
            }
        } catch (DecodeException e) {
            // plain text or a web page, which is a message all the same
        }
        return Errors.of(status, text).getJsonObject("error");
    }
}
