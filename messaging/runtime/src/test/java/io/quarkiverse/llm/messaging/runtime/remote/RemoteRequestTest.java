package io.quarkiverse.llm.messaging.runtime.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.messaging.MessageHeaders;

/** What goes to the workers, and when it cannot. */
class RemoteRequestTest {

    @Test
    void theRequestSaysWhatWorkersMustKnow() {
        Pool pool = new Pool(Map.of("reply-to", "mine", "timeout", "1h"), () -> Map.of("traceparent", "00-1-2-01"));
        Instant before = Instant.now();
        pool.subscribe(LlmRequest.builder().user("Hi").conversation("conv_1").timeout(Duration.ofMinutes(2))
                .extraHeader("idempotency-key", "once").build(), new Listener());
        MessageHeaders headers = pool.requests.get(0).headers();
        assertThat(headers.conversation()).contains("conv_1");
        assertThat(headers.idempotencyKey()).contains("once");
        assertThat(headers.replyTo()).contains("mine");
        assertThat(headers.deadline().orElseThrow()).isBetween(before.plusSeconds(120), Instant.now().plusSeconds(120));
        assertThat(headers.trace()).containsEntry("traceparent", "00-1-2-01");
        assertThat(headers.attempt()).isEqualTo(1);
    }

    @Test
    void theConfiguredTimeoutIsTheDeadlineOfRequestsThatSayNone() {
        Pool pool = new Pool(Map.of("timeout", "1h"));
        pool.subscribe();
        MessageHeaders headers = pool.requests.get(0).headers();
        assertThat(headers.deadline().orElseThrow()).isBetween(Instant.now().plusSeconds(3500),
                Instant.now().plusSeconds(3601));
        assertThat(headers.conversation()).isEmpty();
        assertThat(headers.idempotencyKey()).isEmpty();
    }

    @Test
    void aRequestThatCannotBeWrittenIsAFailureAndNotSilence() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        pool.written.get(0).accept(new IllegalStateException("no broker"));
        assertThat(listener.failure(LlmTransportException.class)).hasMessageContaining("pool-requests")
                .hasMessageContaining("no broker");
    }

    static final class RecordTooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aRequestThatIsTooLargeIsTheCallersAndNamesTheKeyOfTheLimit() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        pool.written.get(0).accept(new IllegalStateException(new RecordTooLargeException()));
        LlmBadRequestException failure = listener.failure(LlmBadRequestException.class);
        assertThat(failure).hasMessageContaining("mp.messaging.outgoing.pool-requests.max.request.size");
        assertThat(failure.httpStatus()).hasValue(413);
        assertThat(failure.code()).hasValue("request_too_large");
        assertThat(failure.details().message()).isEmpty();
        assertThat(failure.isRetryable()).isFalse();
        assertThat(pool.cancels).isEmpty();
    }

    @Test
    void aRequestThatMayHaveBeenWrittenAllTheSameIsCancelled() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        pool.written.get(0).accept(new IllegalStateException("120000 ms have passed since batch creation"));
        listener.failure(LlmTransportException.class);
        assertThat(pool.cancels).singleElement().extracting(cancel -> cancel.headers().correlationId())
                .isEqualTo(pool.requests.get(0).headers().correlationId());
    }

    @Test
    void aBlankKeyOfOrderIsNone() {
        Pool pool = new Pool();
        pool.subscribe(LlmRequest.builder().user("Hi").conversation(" ").orderingKey("").build(), new Listener());
        MessageHeaders headers = pool.requests.get(0).headers();
        assertThat(headers.conversation()).isEmpty();
        assertThat(headers.key()).isEqualTo(headers.correlationId());
    }

    @Test
    void theConversationOrdersWhereTheKeyOfOrderIsBlank() {
        Pool pool = new Pool();
        pool.subscribe(LlmRequest.builder().user("Hi").conversation("conv_1").orderingKey("").build(), new Listener());
        assertThat(pool.requests.get(0).headers().key()).isEqualTo("conv_1");
    }
}
