package io.quarkiverse.llm.messaging.runtime.channel;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.contract.HeaderNames;
import io.quarkiverse.llm.messaging.runtime.contract.HeaderText;
import io.quarkiverse.llm.messaging.runtime.contract.MalformedMessageException;
import io.quarkiverse.llm.messaging.runtime.contract.MessageCodec;

/** A message of which only its correlation id is read: the rest is when it is asked for, each time. */
public final class ReceivedMessage {

    private final UnaryOperator<String> header;
    private final Supplier<byte[]> payload;
    private final Optional<String> correlationId;

    /**
     * @param header gives {@code null} for one that is not there
     */
    ReceivedMessage(UnaryOperator<String> header, Supplier<byte[]> payload) {
        this.header = header;
        this.payload = payload;
        this.correlationId = correlationIdIn(header);
    }

    /**
     * Whose message it is, by these headers; empty when nobody can tell.
     *
     * @param header gives {@code null} for one that is not there
     */
    public static Optional<String> correlationIdIn(UnaryOperator<String> header) {
        return Optional.ofNullable(header.apply(HeaderNames.CORRELATION_ID));
    }

    /** Whether the headers are at all those of a message of the contract, well-formed or not. */
    boolean isOfContract() {
        return correlationId.isPresent() || header.apply(HeaderNames.VERSION) != null;
    }

    /** Whose message it is; empty when nobody can tell. */
    public Optional<String> correlationId() {
        return correlationId;
    }

    /**
     * Reads no more headers than it needs, since it is asked of each event.
     *
     * @throws MalformedMessageException with a sentence
     */
    public MessageHead head() {
        String type = type();
        HeaderText.requireVersion(header);
        return new MessageHead(type, HeaderText.attempt(header), HeaderText.worker(header), HeaderText.sequence(header));
    }

    String type() {
        return HeaderText.type(header);
    }

    MessageHeaders readableHeaders() {
        return HeaderText.readable(header);
    }

    /**
     * The payload alone, also where the headers came in it.
     *
     * @throws MalformedMessageException with a sentence
     */
    public byte[] payload() {
        return payload.get();
    }

    LlmMessage read() {
        return MessageCodec.read(header, payload());
    }
}
