package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.Set;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmLimitException;
import io.quarkiverse.llm.LlmOverloadedException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.runtime.wire.WireError;

/**
 * What a client is told of a failure. What the provider's server has said goes on to it; what the extension says is for the
 * operator, who finds it in the log, since it names hosts and settings.
 */
final class ToldFailure {

    private static final Logger LOG = Logger.getLogger(ToldFailure.class.getPackageName());

    private static final String MAX_QUEUED_REQUESTS = "max-queued-requests";
    /** The codes of what workers could neither read nor write, whose sentences are about their channels. */
    private static final Set<String> LOST_ON_THE_WAY = Set.of("unreadable", "unwritable", "exhausted");

    private ToldFailure() {
    }

    /**
     * The sentence for the client.
     *
     * @param request the id under which the log has more
     */
    static String sentence(LlmException failure, String request) {
        if (failure.details().message().isPresent()) {
            return LikelyKeys.mask(failure.details().message().get());
        }
        String neutral = neutral(failure);
        if (neutral == null) {
            return LikelyKeys.mask(String.valueOf(failure.getMessage()));
        }
        LOG.warnf("%s %s", request, Printable.of(String.valueOf(failure.getMessage()), 1_000));
        return neutral;
    }

    private static String neutral(LlmException failure) {
        if (failure instanceof LlmUnsupportedException unsupported) {
            return "The provider of this model does not support " + unsupported.feature();
        } else if (isTooLargeRequest(failure)) {
            return "The request is too large for the way to the provider of this model: send less";
        } else if (isLostOnTheWay(failure)) {
            return "The request, or its answer, was lost on the way to the provider of this model";
        } else if (hasNoRoom(failure) || failure instanceof LlmOverloadedException) {
            return "The provider of this model has no room for the request at the moment";
        } else if (failure instanceof LlmTimeoutException) {
            return "The provider of this model did not answer in time";
        } else if (failure instanceof LlmTruncatedStreamException) {
            return "The answer of the provider broke off";
        } else if (failure instanceof LlmTransportException) {
            return "The provider of this model cannot be reached, or has closed the connection";
        } else if (failure instanceof LlmDecodeException) {
            return "The provider of this model has answered what cannot be read";
        }
        return failure instanceof LlmLimitException ? "The provider of this model has said more than is allowed" : null;
    }

    /** Between here and the provider there is a bound that the request is beyond. No server has said so. */
    private static boolean isTooLargeRequest(LlmException failure) {
        return failure instanceof LlmBadRequestException && failure.code().filter("request_too_large"::equals).isPresent();
    }

    private static boolean isLostOnTheWay(LlmException failure) {
        return failure.getClass() == LlmException.class && failure.code().filter(LOST_ON_THE_WAY::contains).isPresent();
    }

    /** The provider was not even asked: as many requests as it takes are under way. */
    static boolean hasNoRoom(LlmException failure) {
        return failure instanceof LlmTimeoutException timeout && timeout.limit() == LlmTimeoutException.Limit.ACQUIRE
                || failure instanceof LlmOverloadedException && failure.httpStatus().isEmpty()
                        && failure.details().message().isEmpty()
                || failure instanceof LlmLimitException limit && limit.key().equals(MAX_QUEUED_REQUESTS);
    }

    /** In OpenAI's words, without what looks like a key. */
    static WireError wireError(LlmException failure) {
        WireError error = WireError.of(failure);
        return new WireError(LikelyKeys.mask(error.type()), LikelyKeys.mask(error.code()), LikelyKeys.mask(error.message()),
                error.param().map(LikelyKeys::mask));
    }

    /** The same failure with that sentence, for who tells it in events. */
    static LlmException of(LlmException failure, String request) {
        String sentence = sentence(failure, request);
        WireError error = wireError(failure);
        boolean masked = !error.equals(WireError.of(failure));
        if (!masked && (sentence.equals(failure.getMessage()) || failure.details().message().isPresent())) {
            return failure;
        }
        LlmException told = new LlmException(sentence, masked ? details(sentence, error) : failure.details(), failure);
        failure.partial().ifPresent(told::initPartial);
        return told;
    }

    private static LlmErrorDetails details(String sentence, WireError error) {
        return LlmErrorDetails.builder().message(sentence).type(error.type()).code(error.code())
                .param(error.param().orElse(null)).build();
    }
}
