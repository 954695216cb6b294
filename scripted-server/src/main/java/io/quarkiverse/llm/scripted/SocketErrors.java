package io.quarkiverse.llm.scripted;

import java.util.Optional;
import java.util.regex.Pattern;

import io.vertx.core.json.JsonObject;

/** What a WebSocket of the Responses API refuses, in the words of the official server where they are known. */
final class SocketErrors {

    /** Those without one do not count. */
    static final int MOST_STREAM_IDS = 32;

    private static final Pattern STREAM_ID = Pattern.compile("[A-Za-z0-9_.-]{1,256}");

    private SocketErrors() {
    }

    /** What is wrong with a request as such. */
    static Optional<Answer> of(RecordedRequest request) {
        if (!request.isJson()) {
            return Optional.of(error("invalid_json", null, "The message is no JSON object."));
        }
        JsonObject json = request.json();
        Object type = json.getValue("type");
        if ("response.steer".equals(type)) {
            return Optional.of(error("steering_not_supported", "type", "This server does not support steering."));
        } else if (!"response.create".equals(type)) {
            return Optional.of(error("unknown_event", "type", "The event type " + type + " is none of this server's."));
        } else if (json.containsKey("stream_id")
                && request.streamId().filter(id -> STREAM_ID.matcher(id).matches()).isEmpty()) {
            return Optional.of(error("invalid_stream_id", "stream_id", "A stream_id has 1 to 256 letters, digits, '_', '.' or "
                    + "'-'."));
        }
        return Optional.empty();
    }

    static Answer notText() {
        return error("invalid_message", null, "Requests are text messages.");
    }

    static Answer connectionLimit() {
        return error("websocket_connection_limit_reached", null, "Responses websocket connection limit reached (60 minutes). "
                + "Create a new websocket connection to continue.");
    }

    static Answer streamLimit() {
        return error("websocket_stream_limit_reached", "stream_id", "This WebSocket connection has reached its maximum number "
                + "of distinct stream IDs (" + MOST_STREAM_IDS + "). Reuse an existing stream_id or open a new WebSocket "
                + "connection.");
    }

    private static Answer error(String code, String param, String message) {
        JsonObject error = Errors.of("invalid_request_error", code, message);
        error.getJsonObject("error").put("param", param);
        return Answer.error(400, error);
    }
}
