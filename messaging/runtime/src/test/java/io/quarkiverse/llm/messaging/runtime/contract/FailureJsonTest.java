package io.quarkiverse.llm.messaging.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.LlmAuthenticationException;
import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmContextLengthException;
import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmIncompleteException;
import io.quarkiverse.llm.LlmLimitException;
import io.quarkiverse.llm.LlmNotFoundException;
import io.quarkiverse.llm.LlmOverloadedException;
import io.quarkiverse.llm.LlmPermissionException;
import io.quarkiverse.llm.LlmQuotaException;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmRefusalException;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTimeoutException.Limit;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;

/** A failure is of the same type on the other side, and as retryable. */
class FailureJsonTest {

    private static final LlmErrorDetails DETAILS = LlmErrorDetails.builder().provider("gpu").httpStatus(429).requestId("req_1")
            .message("slow down").type("tokens").code("rate_limit_exceeded").param("input").retryAfter(Duration.ofMillis(1500))
            .build();

    static List<LlmException> failures() {
        return List.of(new LlmAuthenticationException("m", DETAILS), new LlmPermissionException("m", DETAILS),
                new LlmContextLengthException("m", DETAILS), new LlmBadRequestException("m", DETAILS),
                new LlmNotFoundException("m", DETAILS), new LlmRateLimitException("m", DETAILS),
                new LlmQuotaException("m", DETAILS), new LlmOverloadedException("m", DETAILS),
                new LlmServerException("m", DETAILS), new LlmTimeoutException("m", Limit.TOTAL, Duration.ofSeconds(3), DETAILS),
                new LlmTimeoutException("m", Limit.IDLE, Duration.ofSeconds(3), DETAILS),
                new LlmTransportException("m", DETAILS, null), new LlmTruncatedStreamException("m", DETAILS, null),
                new LlmDecodeException("m", "{", DETAILS, null), new LlmLimitException("m", "max-event-size", DETAILS),
                new LlmIncompleteException("m", "max_output_tokens", DETAILS), new LlmRefusalException("m", "no", DETAILS),
                new LlmException("m", DETAILS));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsTheSameOnTheOtherSide(LlmException failure) {
        LlmException read = overTheWire(failure);

        assertThat(read).hasSameClassAs(failure).hasMessage("m");
        assertThat(read.details()).isEqualTo(failure.details());
        assertThat(read.isRetryable()).isEqualTo(failure.isRetryable());
    }

    private static final class OfAnApplication extends LlmException {

        private static final long serialVersionUID = 1L;

        OfAnApplication() {
            super("m", DETAILS);
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    @Test
    void aFailureThatIsNoneOfOursIsAsRetryable() {
        LlmException read = overTheWire(new OfAnApplication());

        assertThat(read).hasMessage("m");
        assertThat(read.details()).isEqualTo(DETAILS);
        assertThat(read.isRetryable()).isTrue();
        assertThat(overTheWire(read).isRetryable()).isTrue();
    }

    @Test
    void whatOnlySomeFailuresSayIsThereAgain() {
        LlmTimeoutException timeout = (LlmTimeoutException) overTheWire(
                new LlmTimeoutException("m", Limit.FIRST_EVENT, Duration.ofSeconds(3), DETAILS));

        assertThat(timeout.limit()).isEqualTo(Limit.FIRST_EVENT);
        assertThat(timeout.duration()).isEqualTo(Duration.ofSeconds(3));
        assertThat(((LlmDecodeException) overTheWire(new LlmDecodeException("m", "{", DETAILS, null))).raw()).isEqualTo("{");
        assertThat(((LlmLimitException) overTheWire(new LlmLimitException("m", "k", DETAILS))).key()).isEqualTo("k");
        assertThat(((LlmIncompleteException) overTheWire(new LlmIncompleteException("m", "r", DETAILS))).reason())
                .isEqualTo("r");
        assertThat(((LlmRefusalException) overTheWire(new LlmRefusalException("m", "no", DETAILS))).refusal()).isEqualTo("no");
        assertThat(((LlmUnsupportedException) overTheWire(new LlmUnsupportedException("gpu", "a list of models"))).feature())
                .isEqualTo("a list of models");
    }

    private static LlmException overTheWire(LlmException failure) {
        LlmMessage written = new LlmMessage.Failure(MessageHeaders.of("c"), failure);
        return ((LlmMessage.Failure) MessageCodec.read(HeaderText.write(written)::get, MessageCodec.payload(written))).cause();
    }
}
