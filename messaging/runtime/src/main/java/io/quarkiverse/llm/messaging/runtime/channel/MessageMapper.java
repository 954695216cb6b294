package io.quarkiverse.llm.messaging.runtime.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.messaging.HeaderMapping;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.LlmMessages;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.contract.HeaderNames;
import io.quarkiverse.llm.messaging.runtime.contract.HeaderText;
import io.quarkiverse.llm.messaging.runtime.contract.MalformedMessageException;
import io.quarkiverse.llm.messaging.runtime.contract.MessageCodec;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Writes and reads messages, each as its channel's connector has it. Thread-safe. */
public final class MessageMapper implements LlmMessages {

    private final Function<String, Optional<String>> connectors;
    private final List<HeaderMapping> mappings;
    private final ConnectorTrace trace;

    /** Nobody traces. */
    public MessageMapper(Function<String, Optional<String>> connectors, List<HeaderMapping> mappings) {
        this(connectors, mappings, ConnectorTrace.NONE);
    }

    /**
     * @param connectors the name of the connector of an outgoing channel; empty for one within the application
     * @param trace for connectors that trace what they write
     */
    public MessageMapper(Function<String, Optional<String>> connectors, List<HeaderMapping> mappings, ConnectorTrace trace) {
        this.connectors = connectors;
        this.mappings = List.copyOf(mappings);
        this.trace = trace;
    }

    @Override
    public Message<byte[]> write(String channel, LlmMessage message) {
        Map<String, String> headers = HeaderText.write(message);
        byte[] payload = MessageCodec.payload(message);
        Optional<String> connector = connectors.apply(channel);
        if (connector.isEmpty() || connector.get().equals(ChannelPlan.IN_MEMORY)) {
            return Message.of(payload, Metadata.of(new HeaderMap(headers)));
        }
        Message<byte[]> written = write(connector.get(), message, headers, payload);
        return trace.metadata(message.headers()).map(written::addMetadata).orElse(written);
    }

    private Message<byte[]> write(String connector, LlmMessage message, Map<String, String> headers, byte[] payload) {
        MessageHeaders said = message.headers();
        Optional<String> address = message instanceof LlmMessage.Request || message instanceof LlmMessage.Cancel
                || message instanceof LlmMessage.DeadLetter ? Optional.empty() : said.replyTo();
        for (HeaderMapping mapping : mappings) {
            if (mapping.connector().equals(connector)) {
                return Message.of(payload, Metadata.of(mapping.write(headers, said.key(), address)));
            }
        }
        return Message.of(Envelope.write(headers, payload, !(message instanceof LlmMessage.DeadLetter)));
    }

    /**
     * What a message says of itself, without reading the rest of it where headers are beside the payload.
     *
     * @throws MalformedMessageException with a sentence
     */
    public MessageHead head(Message<?> message) {
        UnaryOperator<String> headers = anyHeaderValues(message);
        return new MessageHead(HeaderText.type(headers), HeaderText.read(headers));
    }

    @Override
    public LlmMessage read(Message<?> message) {
        byte[] payload = payload(message);
        Optional<UnaryOperator<String>> headers = headerValues(message);
        if (headers.isPresent()) {
            return MessageCodec.read(headers.get(), payload);
        }
        Envelope envelope = Envelope.read(payload);
        return MessageCodec.read(envelope.headers()::get, envelope.body());
    }

    /**
     * The failure that a message has instead of an answer.
     *
     * @param provider whose failure it is to whoever reads it
     * @throws MalformedMessageException with a sentence
     */
    public LlmException failure(Message<?> message, String provider) {
        byte[] payload = payload(message);
        return MessageCodec.failure(headerValues(message).isPresent() ? payload : Envelope.read(payload).body(), provider);
    }

    /** Whose message it is, without reading the rest of it where headers are beside the payload; empty when nobody can tell. */
    public Optional<String> correlationId(Message<?> message) {
        Optional<UnaryOperator<String>> headers = headerValues(message);
        if (headers.isPresent()) {
            return Optional.ofNullable(headers.get().apply(HeaderNames.CORRELATION_ID));
        }
        try {
            return Optional.ofNullable(Envelope.read(payload(message)).headers().get(HeaderNames.CORRELATION_ID));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    /** What its headers say, also where the rest of it cannot be read; empty when nobody can tell. */
    public Optional<MessageHeaders> headers(Message<?> message) {
        try {
            return Optional.of(HeaderText.read(anyHeaderValues(message)));
        } catch (MalformedMessageException e) {
            return correlationId(message).filter(id -> !id.isBlank()).map(MessageHeaders::of);
        }
    }

    /** The kind that it says it is, also where the rest of it cannot be read; empty when nobody can tell. */
    public Optional<String> type(Message<?> message) {
        try {
            return Optional.of(HeaderText.type(anyHeaderValues(message)));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    /** How many attempts at the request were begun before, as far as the connector knows. */
    public int earlierAttempts(Message<?> message) {
        int earlier = 0;
        for (HeaderMapping mapping : mappings) {
            earlier = Math.max(earlier, mapping.earlierAttempts(message));
        }
        return earlier;
    }

    /**
     * An attempt at the request begins now: its connector may count it.
     *
     * @return whether the message is still for this process to deal with
     */
    public boolean begins(Message<?> message) {
        boolean ours = true;
        for (HeaderMapping mapping : mappings) {
            ours &= mapping.begins(message);
        }
        return ours;
    }

    /** Asks to be told, on any thread, when somebody else shall deal with the message. */
    public void whenRevoked(Message<?> message, Consumer<HeaderMapping.Revocation> told) {
        mappings.forEach(mapping -> mapping.whenRevoked(message, told));
    }

    /** The message will be neither acknowledged nor refused here. */
    public void givesBack(Message<?> message) {
        mappings.forEach(mapping -> mapping.givesBack(message));
    }

    /** As it was received. */
    public byte[] payload(Message<?> message) {
        Object payload = message.getPayload();
        if (payload instanceof byte[] bytes) {
            return bytes;
        } else if (payload instanceof String text) {
            return text.getBytes(UTF_8);
        } else if (payload instanceof Buffer buffer) {
            return buffer.getBytes();
        } else if (payload instanceof io.vertx.mutiny.core.buffer.Buffer buffer) {
            return buffer.getBytes();
        } else if (payload instanceof JsonObject json) {
            // of AMQP's connector, when the message says that it is JSON
            return json.toBuffer().getBytes();
        }
        throw new MalformedMessageException("The payload must be bytes, a string, a buffer or a JSON object, not "
                + (payload == null ? "nothing" : payload.getClass().getName()));
    }

    private UnaryOperator<String> anyHeaderValues(Message<?> message) {
        return headerValues(message).orElseGet(() -> Envelope.read(payload(message)).headers()::get);
    }

    private Optional<UnaryOperator<String>> headerValues(Message<?> message) {
        HeaderMap within = message.getMetadata().get(HeaderMap.class).orElse(null);
        if (within != null) {
            return Optional.of(within.headers()::get);
        }
        for (HeaderMapping mapping : mappings) {
            Optional<UnaryOperator<String>> headers = mapping.read(message);
            if (headers.isPresent() && headers.get().apply(HeaderNames.VERSION) != null) {
                return headers;
            }
        }
        return Optional.empty();
    }
}
