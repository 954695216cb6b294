package io.quarkiverse.llm.runtime.wire;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What an error over WebSocket has around it, in place of an HTTP answer: {@code {"type":"error","status":429,"error":{...},
 * "headers":{...}}} (platform.openai.com/docs/guides/websocket-mode).
 *
 * @param headers names in lower case
 */
record ErrorEnvelope(int status, Map<String, String> headers) {

    /** Empty for an error that has none. */
    static Optional<ErrorEnvelope> of(String event) {
        try {
            return Json.decodeValue(event) instanceof JsonObject json ? of(json) : Optional.empty();
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }

    private static Optional<ErrorEnvelope> of(JsonObject json) {
        // the second is an alias that Codex takes
        Object status = json.getValue("status") == null ? json.getValue("status_code") : json.getValue("status");
        if (!"error".equals(json.getValue("type")) || !(status instanceof Integer number) || number < 400 || number > 599) {
            return Optional.empty();
        }
        return Optional.of(new ErrorEnvelope(number, headers(json.getValue("headers"))));
    }

    private static Map<String, String> headers(Object json) {
        Map<String, String> headers = new HashMap<>();
        if (json instanceof JsonObject object) {
            for (Map.Entry<String, Object> header : object) {
                Object value = header.getValue() instanceof JsonArray values && !values.isEmpty() ? values.getValue(0)
                        : header.getValue();
                if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                    headers.put(header.getKey().toLowerCase(Locale.ROOT), value.toString());
                }
            }
        }
        return headers;
    }
}
