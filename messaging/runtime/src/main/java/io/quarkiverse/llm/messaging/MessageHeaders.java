package io.quarkiverse.llm.messaging;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What a message says of itself beside its payload: headers of the record where the connector has such. A blank conversation,
 * idempotency key or reply address is as good as none.
 *
 * @param correlationId the same in all messages of a request; unique
 * @param conversation whose requests are answered one after the other, in their order
 * @param idempotencyKey the same in requests that shall be answered once only; the correlation id unless set
 * @param replyTo where the answer goes instead of the usual place: a topic or what else the connector has
 * @param deadline when nobody waits for the answer any more
 * @param attempt counts how often a worker has begun to answer, from 1; in a request, what the next attempt is
 * @param worker the process that made the attempt, unique for each start; empty in what workers receive
 * @param sequence counts the events of an attempt; {@link #NO_SEQUENCE} in other messages
 * @param trace the context of the trace, by the names of the W3C: {@code traceparent}, {@code tracestate}
 */
public record MessageHeaders(String correlationId, Optional<String> conversation, Optional<String> idempotencyKey,
        Optional<String> replyTo, Optional<Instant> deadline, int attempt, Optional<String> worker, long sequence,
        Map<String, String> trace) {

    /** The message is not one of a sequence. */
    public static final long NO_SEQUENCE = -1;

    public MessageHeaders {
        Objects.requireNonNull(correlationId, "correlationId");
        conversation = said(conversation, "conversation");
        idempotencyKey = said(idempotencyKey, "idempotencyKey");
        replyTo = said(replyTo, "replyTo");
        Objects.requireNonNull(deadline, "deadline");
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be 1 or more, not " + attempt);
        }
        Objects.requireNonNull(worker, "worker");
        trace = Map.copyOf(Objects.requireNonNull(trace, "trace"));
    }

    /** A header without text says nothing, and as a key it would order all requests behind each other. */
    private static Optional<String> said(Optional<String> text, String name) {
        return Objects.requireNonNull(text, name).filter(value -> !value.isBlank());
    }

    private static Optional<String> said(String text, String name) {
        return Optional.of(Objects.requireNonNull(text, name));
    }

    /** Of a new request, with a correlation id that nothing else has. */
    public static MessageHeaders create() {
        return of(UUID.randomUUID().toString());
    }

    /** Of a new request. */
    public static MessageHeaders of(String correlationId) {
        return new MessageHeaders(correlationId, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1,
                Optional.empty(), NO_SEQUENCE, Map.of());
    }

    /** What the messages of a request are ordered by: the key of a Kafka record. */
    public String key() {
        return conversation.or(() -> idempotencyKey).orElse(correlationId);
    }

    /** The idempotency key, or what stands for it. */
    public String idempotency() {
        return idempotencyKey.orElse(correlationId);
    }

    /** The same of a request in this conversation; in none when it is blank. */
    public MessageHeaders withConversation(String conversation) {
        return new MessageHeaders(correlationId, said(conversation, "conversation"), idempotencyKey, replyTo, deadline,
                attempt, worker, sequence, trace);
    }

    /** The same with this idempotency key; when it is blank, with the correlation id in its place. */
    public MessageHeaders withIdempotencyKey(String idempotencyKey) {
        return new MessageHeaders(correlationId, conversation, said(idempotencyKey, "idempotencyKey"), replyTo, deadline,
                attempt, worker, sequence, trace);
    }

    /** The same with the answer to go to this address; when it is blank, to the usual place. */
    public MessageHeaders withReplyTo(String replyTo) {
        return new MessageHeaders(correlationId, conversation, idempotencyKey, said(replyTo, "replyTo"), deadline, attempt,
                worker, sequence, trace);
    }

    /** The same of a request that nobody waits for after this time. */
    public MessageHeaders withDeadline(Instant deadline) {
        Objects.requireNonNull(deadline, "deadline");
        return new MessageHeaders(correlationId, conversation, idempotencyKey, replyTo, Optional.of(deadline), attempt, worker,
                sequence, trace);
    }

    /** The same of an attempt by this worker, which counts from 1. */
    public MessageHeaders withAttempt(int attempt, String worker) {
        Objects.requireNonNull(worker, "worker");
        return new MessageHeaders(correlationId, conversation, idempotencyKey, replyTo, deadline, attempt, Optional.of(worker),
                sequence, trace);
    }

    /** The same of the message with this number in its attempt. */
    public MessageHeaders withSequence(long sequence) {
        return new MessageHeaders(correlationId, conversation, idempotencyKey, replyTo, deadline, attempt, worker, sequence,
                trace);
    }

    /** The same with this context of a trace in place of the one before. */
    public MessageHeaders withTrace(Map<String, String> trace) {
        return new MessageHeaders(correlationId, conversation, idempotencyKey, replyTo, deadline, attempt, worker, sequence,
                trace);
    }
}
