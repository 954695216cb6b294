package io.quarkiverse.llm.gateway.runtime.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmLimitException;
import io.quarkiverse.llm.LlmOverloadedException;

class ToldFailureTest {

    @Test
    void aRequestThatIsTooLargeForTheWayIsTheCallersAndNamesNoKey() {
        ErrorAnswer answer = ErrorAnswer.of(new LlmBadRequestException(
                "Provider 'pool': the request is too large for the channel pool-requests: raise "
                        + "mp.messaging.outgoing.pool-requests.max.request.size",
                LlmErrorDetails.builder().provider("pool").httpStatus(413).code("request_too_large").build()), "req_1");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.type()).isEqualTo("invalid_request_error");
        assertThat(answer.code()).isEqualTo(Optional.of("request_too_large"));
        assertThat(answer.message())
                .isEqualTo("The request is too large for the way to the provider of this model: send less");
    }

    @Test
    void whatAServerSaysOfARequestThatIsTooLargeGoesOn() {
        ErrorAnswer answer = ErrorAnswer.of(new LlmBadRequestException("Provider 'local' answered 413",
                LlmErrorDetails.builder().provider("local").httpStatus(413).code("request_too_large")
                        .message("at most 32 MB").build()),
                "req_1");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.message()).isEqualTo("at most 32 MB");
    }

    @Test
    void anAnswerThatIsTooLargeIsTheProviders() {
        ErrorAnswer answer = ErrorAnswer.of(
                new LlmLimitException("raise quarkus.llm.max-event-size", "max-event-size", LlmErrorDetails.of("local")),
                "req_1");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.message()).isEqualTo("The provider of this model has said more than is allowed");
    }

    @Test
    void whoHasNoRoomIsAskedAgainSoonAndNamesNoKey() {
        ErrorAnswer answer = ErrorAnswer.of(new LlmOverloadedException("Provider 'pool': 1000 requests wait already: raise "
                + "quarkus.llm-messaging.remotes.pool.max-waiting-requests", LlmErrorDetails.of("pool")), "req_1");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.message()).isEqualTo("The provider of this model has no room for the request at the moment");
        assertThat(answer.retryAfter()).isPresent();
    }

    @Test
    void whatAnOverloadedServerSaysGoesOn() {
        ErrorAnswer answer = ErrorAnswer.of(new LlmOverloadedException("Provider 'local' answered 529",
                LlmErrorDetails.builder().provider("local").httpStatus(529).message("Overloaded").build()), "req_1");

        assertThat(answer.status()).isEqualTo(529);
        assertThat(answer.message()).isEqualTo("Overloaded");
        assertThat(answer.retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "unwritable", "exhausted", "unreadable" })
    void whatWentWrongBetweenHereAndTheProviderNamesNoPlaceThere(String code) {
        ErrorAnswer answer = ErrorAnswer.of(new LlmException("Expiring 1 record(s) for pool-events-a-3",
                LlmErrorDetails.builder().provider("gpu").code(code).build()), "req_1");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.code()).isEqualTo(Optional.of(code));
        assertThat(answer.message()).isEqualTo("The request, or its answer, was lost on the way to the provider of this model");
    }
}
