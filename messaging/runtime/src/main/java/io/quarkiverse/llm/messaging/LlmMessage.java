package io.quarkiverse.llm.messaging;

import java.util.Objects;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.vertx.core.buffer.Buffer;

/**
 * What stands on a channel, version {@value #VERSION} of the contract. {@link LlmMessages} writes and reads it.
 * <p>
 * All messages of one request have the same {@link MessageHeaders#correlationId()}. Those of one attempt to answer it have the
 * same {@link MessageHeaders#attempt()} and {@link MessageHeaders#worker()}.
 */
public sealed interface LlmMessage {

    /** The version of the contract that this code writes. */
    int VERSION = 1;

    /** What it says of itself beside its payload. */
    MessageHeaders headers();

    /** Asks for an answer; on the channel {@code NAME-requests}. The API key of a request is not part of it. */
    record Request(MessageHeaders headers, LlmRequest request) implements LlmMessage {

        public Request {
            Objects.requireNonNull(headers, "headers");
            Objects.requireNonNull(request, "request");
        }
    }

    /**
     * An event of an answer as it streams, on the channel {@code NAME-events}: in the order of
     * {@link MessageHeaders#sequence()}, which counts from 0 in each attempt without a gap.
     */
    record Event(MessageHeaders headers, LlmEvent event) implements LlmMessage {

        public Event {
            Objects.requireNonNull(headers, "headers");
            Objects.requireNonNull(event, "event");
        }
    }

    /** The whole answer, on the channel {@code NAME-responses}, after all of its events. */
    record Response(MessageHeaders headers, LlmResponse response) implements LlmMessage {

        public Response {
            Objects.requireNonNull(headers, "headers");
            Objects.requireNonNull(response, "response");
        }
    }

    /**
     * There is no answer; the last message of its request, in place of the last event on {@code NAME-events} and of the
     * response on {@code NAME-responses}.
     */
    record Failure(MessageHeaders headers, LlmException cause) implements LlmMessage {

        /** The code of a failure because the deadline was over before a worker took the request. */
        public static final String EXPIRED = "expired";
        /** The code of a failure because the request was cancelled. */
        public static final String CANCELLED = "cancelled";
        /**
         * The code of a failure because another request with the same idempotency key was answered before: its answer has
         * another correlation id. It is a {@link io.quarkiverse.llm.LlmBadRequestException}.
         */
        public static final String DUPLICATE = "duplicate";

        public Failure {
            Objects.requireNonNull(headers, "headers");
            Objects.requireNonNull(cause, "cause");
        }
    }

    /** Nobody waits for the answer any more; on the channel {@code NAME-cancels}. */
    record Cancel(MessageHeaders headers) implements LlmMessage {

        public Cancel {
            Objects.requireNonNull(headers, "headers");
        }
    }

    /**
     * A message that no worker will try again; on the channel {@code NAME-dead-letters}.
     *
     * @param headers of what was received, as far as they could be read
     * @param reason why, for people
     * @param payload byte for byte what was received
     */
    record DeadLetter(MessageHeaders headers, String reason, Buffer payload) implements LlmMessage {

        public DeadLetter {
            Objects.requireNonNull(headers, "headers");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(payload, "payload");
        }
    }
}
