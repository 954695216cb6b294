package io.quarkiverse.llm.messaging;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;

/**
 * Answers requests on channels of the application's own, as a configured worker does: with its order per conversation, retries,
 * deadlines and suppression of duplicates. Inject it.
 *
 * <pre>{@code
 * @Inject
 * LlmWorkers workers;
 *
 * @Incoming("questions")
 * @Outgoing("answers")
 * Multi<Message<byte[]>> answer(Multi<Message<byte[]>> questions) {
 *     return workers.answer("local", "answers", questions, LlmWorkerOptions.DEFAULTS);
 * }
 *
 * @Incoming("stops")
 * void stop(String correlationId) {
 *     workers.cancel(correlationId);
 * }
 * }</pre>
 *
 * Thread-safe.
 */
public interface LlmWorkers {

    /**
     * Answers with events as they stream, each a {@link LlmMessage.Event}; the last one of a request has the whole answer, or
     * is a {@link LlmMessage.Failure}. The events of different requests are mixed. No more requests are asked for than the
     * options let be in flight.
     * <p>
     * A request is acknowledged when all messages of its answer are acknowledged. It is refused ({@code nack}) when one of them
     * cannot be written: it should come again. It is refused with a {@link DeadLetterException}, after its failure is written,
     * when it is no request or its last attempt has failed: it should not. What becomes of either is decided by the failure
     * strategy of the incoming channel's connector. That of Kafka called {@code llm}, together with the commit strategy of that
     * name, hands out the former again and puts the latter where {@code dead-letter-queue.topic} of the channel says; without
     * that it drops it, with a warning. Others do the same with both.
     * <p>
     * The stream ends when the requests have ended and all are answered. Cancelling it stops all answers under way and leaves
     * their requests unacknowledged; so does, after {@link LlmWorkerOptions#shutdownTimeout()}, the end of the application.
     *
     * @param provider the name of the provider that answers
     * @param channel the name of the outgoing channel, whose connector tells where headers go
     * @param requests as the incoming channel has them
     * @return messages with an acknowledgement of their own; each subscription subscribes to the requests. Signals come on any
     *         thread
     * @throws IllegalArgumentException when there is no such provider
     */
    @CheckReturnValue
    Multi<Message<byte[]>> answer(String provider, String channel, Multi<? extends Message<?>> requests,
            LlmWorkerOptions options);

    /**
     * Stops the request with this correlation id, whichever of the streams has it. One that is not there is not begun when it
     * comes within ten minutes, unless 10,000 others were cancelled since: each stream remembers as many, the last ones.
     */
    void cancel(String correlationId);
}
