package io.quarkiverse.llm.messaging.runtime.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.runtime.json.EventReader;
import io.quarkiverse.llm.runtime.json.EventWriter;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.RequestReader;
import io.quarkiverse.llm.runtime.json.RequestWriter;
import io.quarkiverse.llm.runtime.json.ResponseReader;
import io.quarkiverse.llm.runtime.json.ResponseWriter;
import io.vertx.core.buffer.Buffer;

/** The payloads of messages: the documented JSON form of what they carry. */
public final class MessageCodec {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final byte[] NOTHING = {};

    private MessageCodec() {
    }

    public static byte[] payload(LlmMessage message) {
        if (message instanceof LlmMessage.DeadLetter letter) {
            return letter.payload().getBytes();
        }
        if (message instanceof LlmMessage.Cancel) {
            return NOTHING;
        }
        ByteArrayBuilder bytes = new ByteArrayBuilder(256);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            if (message instanceof LlmMessage.Event event) {
                EventWriter.write(out, event.event());
            } else if (message instanceof LlmMessage.Request request) {
                RequestWriter.write(out, request.request());
            } else if (message instanceof LlmMessage.Response response) {
                ResponseWriter.write(out, response.response());
            } else if (message instanceof LlmMessage.Failure failure) {
                FailureJson.write(out, failure.cause());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws MalformedMessageException with a sentence
     */
    public static LlmMessage read(UnaryOperator<String> header, byte[] payload) {
        MessageHeaders headers = HeaderText.read(header);
        String type = HeaderText.type(header);
        try {
            return switch (type) {
                case "event" -> new LlmMessage.Event(headers, event(payload));
                case "request" -> new LlmMessage.Request(headers, RequestReader.read(fields(payload)));
                case "response" -> new LlmMessage.Response(headers, ResponseReader.read(fields(payload)));
                case "failure" -> new LlmMessage.Failure(headers, FailureJson.read(fields(payload)));
                case "cancel" -> new LlmMessage.Cancel(headers);
                case "dead_letter" -> new LlmMessage.DeadLetter(headers, HeaderText.reason(header), Buffer.buffer(payload));
                default -> throw new MalformedMessageException(
                        "The header " + HeaderNames.TYPE + " is of no known kind: '" + type + "'");
            };
        } catch (JsonShapeException e) {
            throw new MalformedMessageException("The payload is no " + type + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads the payload of an event.
     *
     * @throws MalformedMessageException with a sentence
     */
    public static LlmEvent event(byte[] payload) {
        try {
            return EventReader.read(fields(payload));
        } catch (JsonShapeException e) {
            throw new MalformedMessageException("The payload is no event: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the payload of a failure.
     *
     * @param provider whose failure it is to whoever reads it
     * @throws MalformedMessageException with a sentence
     */
    public static LlmException failure(byte[] payload, String provider) {
        try {
            return FailureJson.read(fields(payload), Optional.of(provider));
        } catch (JsonShapeException e) {
            throw new MalformedMessageException("The payload is no failure: " + e.getMessage(), e);
        }
    }

    private static JsonFields fields(byte[] payload) {
        return JsonFields.of(new String(payload, UTF_8));
    }
}
