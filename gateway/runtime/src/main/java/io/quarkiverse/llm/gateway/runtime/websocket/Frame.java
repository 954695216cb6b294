package io.quarkiverse.llm.gateway.runtime.websocket;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.vertx.core.buffer.Buffer;

/**
 * What a client has sent in one message: a request, or something that is none.
 *
 * @param streamId the lane that it is for; empty for the usual one
 * @param body the request; empty when it is wrong
 * @param wrong what is wrong with it, or {@code null}
 */
record Frame(Optional<String> streamId, Buffer body, RuntimeException wrong) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern STREAM_ID = Pattern.compile("[A-Za-z0-9_.-]{1,256}");
    private static final String STREAM = "stream_id";
    private static final String TYPE = "type";
    private static final String CREATE = "response.create";
    private static final String STEER = "response.steer";

    /** One that holds text. Only what says where it belongs is read. */
    static Frame of(Buffer message) {
        Optional<String> lane = Optional.empty();
        String type = null;
        try (JsonParser json = JSON.createParser(message.getBytes())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return wrong(lane, "A message must be one JSON object", null, "invalid_json");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (field.equals(STREAM) && value != JsonToken.VALUE_NULL) {
                    if (value != JsonToken.VALUE_STRING || !STREAM_ID.matcher(json.getText()).matches()) {
                        return wrong(Optional.empty(), "\"stream_id\" must be 1 to 256 letters, digits, '_', '.' or '-'",
                                STREAM, "invalid_stream_id");
                    }
                    lane = Optional.of(json.getText());
                } else if (field.equals(TYPE) && value == JsonToken.VALUE_STRING) {
                    type = json.getText();
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                return wrong(lane, "A message must be one JSON object, and there is more after it", null, "invalid_json");
            }
        } catch (IOException e) {
            return wrong(lane, "A message must be one JSON object, and this one cannot be read", null, "invalid_json");
        }
        return CREATE.equals(type) ? new Frame(lane, message, null) : unknown(lane, type);
    }

    private static Frame unknown(Optional<String> lane, String type) {
        if (type == null) {
            return wrong(lane, "\"type\" is missing: a request is of the type \"response.create\"", TYPE, "unknown_event");
        }
        return type.equals(STEER)
                ? wrong(lane, "Responses cannot be steered here: send a \"response.create\"", TYPE, "steering_not_supported")
                : wrong(lane, "Events of this type are not known here: a request is of the type \"response.create\"", TYPE,
                        "unknown_event");
    }

    static Frame binary() {
        return wrong(Optional.empty(), "A message must be text, and this one is binary", null, "invalid_frame");
    }

    static Frame refused(RuntimeException why) {
        return new Frame(Optional.empty(), Buffer.buffer(), why);
    }

    private static Frame wrong(Optional<String> lane, String message, String param, String code) {
        return new Frame(lane, Buffer.buffer(), new InvalidRequestException(message, param, code));
    }
}
