package io.quarkiverse.llm.messaging.runtime.worker;

import java.time.Duration;
import java.time.Instant;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.messaging.LlmMessage;

/**
 * Why a worker has no answer.
 *
 * @param provider whose answer it would have been
 */
record Failures(String provider) {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm.messaging");

    /**
     * What of the failure of a provider can be told; a failure of its own making is not one that passes. What any other
     * exception says may be a secret, and goes to the log of the worker alone.
     */
    LlmException of(Throwable failure) {
        if (failure instanceof LlmException typed) {
            return typed;
        }
        LOG.warnf(failure, "%s failed with an exception that is no LlmException; callers are told its class alone", subject());
        return new LlmException(subject() + " failed with a " + failure.getClass().getName()
                + ": the log of the worker has more", LlmErrorDetails.of(provider), failure);
    }

    LlmException withoutStream() {
        return new LlmException(subject() + " returned null for a stream", LlmErrorDetails.of(provider));
    }

    LlmException withoutEnd() {
        return new LlmTruncatedStreamException(subject() + " ended its stream without ResponseCompleted",
                LlmErrorDetails.of(provider), null);
    }

    LlmException duplicate(String idempotencyKey) {
        return new LlmBadRequestException("The request with the idempotency key '" + idempotencyKey
                + "' was answered before, and is not answered again", code(LlmMessage.Failure.DUPLICATE));
    }

    LlmException cancelled() {
        return new LlmException("The request was cancelled", code(LlmMessage.Failure.CANCELLED));
    }

    LlmException expired(Instant deadline) {
        return new LlmTimeoutException("The deadline of the request, " + deadline + ", was over before a worker began with it",
                LlmTimeoutException.Limit.TOTAL, Duration.ZERO, code(LlmMessage.Failure.EXPIRED));
    }

    LlmException tookTooLong(Duration limit) {
        return new LlmTimeoutException(subject() + " had no answer within " + limit, LlmTimeoutException.Limit.TOTAL, limit,
                LlmErrorDetails.of(provider));
    }

    /** The connector's words are about its topics and settings, and no business of the caller's. */
    LlmException unwritable(String correlationId, Throwable cause) {
        LOG.warnf("A message of the answer to the request %s could not be written, and its caller is told no more: %s",
                correlationId, cause);
        return new LlmException("A message of the answer could not be written: the log of the worker has more",
                code("unwritable"), cause);
    }

    LlmException exhausted(String reason) {
        return new LlmException(reason, code("exhausted"));
    }

    LlmException unreadable(String reason) {
        return new LlmException("The request cannot be read: " + reason, code("unreadable"));
    }

    private LlmErrorDetails code(String code) {
        return LlmErrorDetails.builder().provider(provider).code(code).build();
    }

    private String subject() {
        return "The provider '" + provider + "'";
    }
}
