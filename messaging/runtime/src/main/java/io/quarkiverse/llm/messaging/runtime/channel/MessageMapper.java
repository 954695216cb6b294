package io.quarkiverse.llm.messaging.runtime.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

import io.quarkiverse.llm.LlmEvent;
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

    /** What the header is called that says where answers go. */
    public static final String REPLY_TO = HeaderNames.REPLY_TO;

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
        // nobody wants a span for each of the many
        return message instanceof LlmMessage.Event ? written
                : trace.metadata(message.headers()).map(written::addMetadata).orElse(written);
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

    @Override
    public LlmMessage read(Message<?> message) {
        return open(message).read();
    }

    /** A message to read piece by piece; empty when it has no headers of the contract. */
    public Optional<ReceivedMessage> received(Message<?> message) {
        try {
            return Optional.of(open(message));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    /**
     * The event of an answer that is the payload of a message.
     *
     * @throws MalformedMessageException with a sentence
     */
    public LlmEvent event(byte[] payload) {
        return MessageCodec.event(payload);
    }

    /**
     * The failure that is the payload of a message, instead of an answer.
     *
     * @param provider whose failure it is to whoever reads it
     * @throws MalformedMessageException with a sentence
     */
    public LlmException failure(byte[] payload, String provider) {
        return MessageCodec.failure(payload, provider);
    }

    /** Whose message it is, without reading the rest of it where headers are beside the payload; empty when nobody can tell. */
    public Optional<String> correlationId(Message<?> message) {
        return anyway(message, ReceivedMessage::correlationId);
    }

    /**
     * What can be read of its headers, also where the rest of it cannot: where they do not say whose message it is, with a
     * correlation id of their own. Empty when there are none.
     */
    public Optional<MessageHeaders> headers(Message<?> message) {
        return anyway(message, received -> Optional.of(received.readableHeaders()));
    }

    /** The kind that it says it is, also where the rest of it cannot be read; empty when nobody can tell. */
    public Optional<String> type(Message<?> message) {
        return anyway(message, received -> Optional.of(received.type()));
    }

    private <T> Optional<T> anyway(Message<?> message, Function<ReceivedMessage, Optional<T>> part) {
        try {
            return part.apply(open(message));
        } catch (RuntimeException e) {
            // that of an application's mapping, too
            return Optional.empty();
        }
    }

    /** How many attempts at the request were begun before, as far as the connector knows. */
    public int earlierAttempts(Message<?> message) {
        return mapping(message).map(mapping -> mapping.earlierAttempts(message)).orElse(0);
    }

    /**
     * An attempt at the request begins now: its connector may count it.
     *
     * @return whether the message is still for this process to deal with
     */
    public boolean begins(Message<?> message) {
        return mapping(message).map(mapping -> mapping.begins(message)).orElse(true);
    }

    /** Asks to be told, on any thread, when somebody else shall deal with the message. */
    public void whenRevoked(Message<?> message, Consumer<HeaderMapping.Revocation> told) {
        mapping(message).ifPresent(mapping -> mapping.whenRevoked(message, told));
    }

    /** The message will be neither acknowledged nor refused here. */
    public void givesBack(Message<?> message) {
        mapping(message).ifPresent(mapping -> mapping.givesBack(message));
    }

    /** The connector has failed to acknowledge or to refuse the message. */
    public void unconcluded(Message<?> message) {
        mapping(message).ifPresent(mapping -> mapping.unconcluded(message));
    }

    /** Of the connector that has handed the message out; empty when nobody knows more of it. */
    private Optional<HeaderMapping> mapping(Message<?> message) {
        for (HeaderMapping mapping : mappings) {
            if (mapping.read(message).isPresent()) {
                return Optional.of(mapping);
            }
        }
        return Optional.empty();
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

    private ReceivedMessage open(Message<?> message) {
        HeaderMap within = message.getMetadata().get(HeaderMap.class).orElse(null);
        if (within != null) {
            return new ReceivedMessage(within.headers()::get, () -> payload(message));
        }
        for (HeaderMapping mapping : mappings) {
            ReceivedMessage received = mapping.read(message)
                    .map(headers -> new ReceivedMessage(headers, () -> payload(message))).orElse(null);
            if (received != null && received.isOfContract()) {
                return received;
            }
        }
        Envelope envelope = Envelope.read(payload(message));
        return new ReceivedMessage(envelope.headers()::get, envelope::body);
    }
}
