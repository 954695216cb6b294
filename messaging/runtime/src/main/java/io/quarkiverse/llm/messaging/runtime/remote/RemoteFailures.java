package io.quarkiverse.llm.messaging.runtime.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;

import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmLimitException;
import io.quarkiverse.llm.LlmOverloadedException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTimeoutException.Limit;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelNames;

/** What subscribers of a remote provider are told when an answer does not come, or not whole. */
final class RemoteFailures {

    /** More than what an exception shows of it. */
    private static final int RAW_BYTES = 8_192;

    private final RemoteSettings settings;
    private final ChannelNames channels;

    RemoteFailures(RemoteSettings settings) {
        this.settings = settings;
        this.channels = new ChannelNames(settings.name());
    }

    private LlmErrorDetails details() {
        return LlmErrorDetails.of(settings.name());
    }

    private String sentence(String what) {
        return "Provider '" + settings.name() + "': " + what;
    }

    /** The connector has not written the request. */
    LlmException notSent(Throwable cause) {
        if (cause instanceof LlmException failure) {
            return failure;
        }
        if (isTooLarge(cause)) {
            // no words of a server: what a gateway tells its callers must not name our keys
            return new LlmBadRequestException(sentence("the request is too large for the channel " + channels.requests()
                    + ": raise " + ChannelEnd.key("outgoing", channels.requests(), "max.request.size")
                    + " and the limit of the topic (" + cause.getMessage() + ")"),
                    LlmErrorDetails.builder().provider(settings.name()).httpStatus(413).code("request_too_large").build());
        }
        return new LlmTransportException(sentence("the request could not be written to the channel " + channels.requests()
                + ": " + cause), details(), cause);
    }

    /**
     * Whether a request that could not be written surely is not there. After another failure, such as one of time, it may be
     * there all the same.
     */
    static boolean isSurelyNotWritten(Throwable cause) {
        return isTooLarge(cause) || isCausedBy(cause, "SerializationException");
    }

    private static boolean isTooLarge(Throwable cause) {
        return isCausedBy(cause, "RecordTooLargeException");
    }

    /** By its name: without Kafka's client there is no such class. */
    private static boolean isCausedBy(Throwable failure, String type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getSimpleName().equals(type)) {
                return true;
            }
        }
        return false;
    }

    /** The channel takes requests more slowly than they come, or none. */
    LlmException tooManyWait() {
        return new LlmOverloadedException(sentence(settings.maxWaitingRequests() + " requests wait already for the channel "
                + channels.requests() + " to take them: the broker is away or the workers are busy. Try later, add workers, or"
                + " raise " + settings.key("max-waiting-requests")), details());
    }

    /** Nobody reads events any more. */
    LlmException closed(Throwable cause) {
        return new LlmTransportException(sentence("the channel " + channels.events() + " is closed, so that no answer comes"
                + (cause == null ? "" : ": " + cause)), details(), cause);
    }

    LlmException supersededAfterContent(int attempt) {
        return new LlmTruncatedStreamException(sentence("attempt " + attempt
                + " to answer broke off in the middle of its answer, and another worker begins anew"), details(), null);
    }

    LlmException gap(long expected, long received) {
        return new LlmTruncatedStreamException(sentence("events " + expected + " to " + (received - 1)
                + " of the answer are missing on the channel " + channels.events()), details(), null);
    }

    LlmException tooMuchWaits() {
        return new LlmLimitException(sentence("more than " + settings.maxWaitingSize()
                + " bytes of events wait for a subscriber that takes them too slowly: take them faster, or raise "
                + settings.key("max-waiting-size")), "max-waiting-size", details());
    }

    LlmException unreadable(Throwable cause, byte[] payload) {
        return new LlmDecodeException(sentence("a message of the channel " + channels.events() + " cannot be read: "
                + (cause instanceof IllegalArgumentException ? cause.getMessage() : cause)), raw(payload), details(), cause);
    }

    /** The subscriber threw, or something else that should not. */
    LlmException unhandled(Throwable cause, byte[] payload) {
        return cause instanceof LlmException failure ? failure
                : new LlmDecodeException(sentence("the answer could not be handled: " + cause), raw(payload), details(), cause);
    }

    private static String raw(byte[] payload) {
        return new String(payload, 0, Math.min(payload.length, RAW_BYTES), UTF_8);
    }

    LlmException noModels() {
        return new LlmUnsupportedException(settings.name(), "a list of models",
                sentence("nobody has told which models the workers offer: set " + settings.key("models")));
    }

    LlmException noFirstEvent() {
        return timeout("no worker has begun to answer within ", Limit.FIRST_EVENT, settings.firstEventTimeout(),
                ": add workers, or raise " + settings.key("first-event-timeout") + settings.replyTo()
                        .map(address -> ". If one has, see that " + settings.key("reply-to") + " is what the channel "
                                + channels.events() + " reads")
                        .orElse(""));
    }

    LlmException idle() {
        return timeout("no event has come for ", Limit.IDLE, settings.idleTimeout(),
                ": the worker is gone or slow; " + settings.key("idle-timeout") + " says how long to wait");
    }

    LlmException notCompleteWithin(Duration total) {
        return timeout("the response was not complete within ", Limit.TOTAL, total,
                ": raise " + settings.key("timeout") + ", or the request's own timeout");
    }

    private LlmException timeout(String what, Limit limit, Duration duration, String mend) {
        return new LlmTimeoutException(sentence(what + duration.toMillis() + " ms" + mend), limit, duration, details());
    }
}
