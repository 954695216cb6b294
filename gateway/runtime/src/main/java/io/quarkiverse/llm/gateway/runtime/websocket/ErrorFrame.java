package io.quarkiverse.llm.gateway.runtime.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.gateway.runtime.answer.ErrorAnswer;

/**
 * What stands over a WebSocket in place of an answer: {@code {"type":"error","status":400,"error":{...}}}, where the error is
 * that of an answer over HTTP.
 */
final class ErrorFrame {

    private static final JsonFactory JSON = new JsonFactory();

    private ErrorFrame() {
    }

    static byte[] of(ErrorAnswer error) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", "error");
            json.writeNumberField("status", error.status());
            error.write(json);
            Optional<String> wait = error.retryAfterSeconds();
            if (wait.isPresent()) {
                json.writeObjectFieldStart("headers");
                json.writeStringField("retry-after", wait.get());
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
