package io.quarkiverse.llm.messaging.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.vertx.core.buffer.Buffer;

/** What is written is read again, and what is no message is refused with a sentence. */
class MessageCodecTest {

    private static final MessageHeaders HEADERS = MessageHeaders.of("c-1").withConversation("conv_1").withIdempotencyKey("once")
            .withReplyTo("answers-2").withDeadline(Instant.parse("2030-01-31T12:00:00.123Z")).withAttempt(2, "gpu@host-1f")
            .withSequence(7).withTrace(Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

    static List<LlmMessage> messages() {
        return List.of(
                new LlmMessage.Request(HEADERS, LlmRequest.builder().model("m").user("Why is the sky blue?").build()),
                new LlmMessage.Request(MessageHeaders.of("c-2"), LlmRequest.of("Hi")),
                new LlmMessage.Event(HEADERS,
                        new LlmEvent.ResponseStarted("resp_1", "m", Instant.parse("2026-01-01T00:00:00Z"))),
                new LlmMessage.Cancel(MessageHeaders.of("c-3")));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsWrittenIsReadAgain(LlmMessage message) {
        assertThat(read(HeaderText.write(message), MessageCodec.payload(message))).isEqualTo(message);
    }

    @Test
    void aDeadLetterHasItsPayloadByteForByte() {
        LlmMessage.DeadLetter letter = new LlmMessage.DeadLetter(HEADERS, "not JSON", Buffer.buffer(new byte[] { 0, -1, 7 }));

        LlmMessage.DeadLetter read = (LlmMessage.DeadLetter) read(HeaderText.write(letter), MessageCodec.payload(letter));

        assertThat(read.payload().getBytes()).containsExactly(0, -1, 7);
        assertThat(read.reason()).isEqualTo("not JSON");
        assertThat(read.headers()).isEqualTo(HEADERS);
    }

    @Test
    void theFirstVersionOfTheContractDoesNotChange() {
        LlmMessage message = new LlmMessage.Event(HEADERS,
                new LlmEvent.UnknownEvent("ping", io.quarkiverse.llm.RawJson.of("{}")));

        assertThat(HeaderText.write(message)).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                Map.entry("llm-version", "1"), Map.entry("llm-type", "event"), Map.entry("llm-correlation-id", "c-1"),
                Map.entry("llm-conversation", "conv_1"), Map.entry("llm-idempotency-key", "once"),
                Map.entry("llm-reply-to", "answers-2"), Map.entry("llm-deadline", "2030-01-31T12:00:00.123Z"),
                Map.entry("llm-attempt", "2"), Map.entry("llm-worker", "gpu@host-1f"), Map.entry("llm-sequence", "7"),
                Map.entry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")));
        assertThat(MessageCodec.payload(message)).asString()
                .isEqualTo("{\"type\":\"unknown_event\",\"event_type\":\"ping\",\"json\":{}}");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsNoMessageIsRefusedWithASentence(String name, String value, String payload, String sentence) {
        Map<String, String> headers = new HashMap<>(HeaderText.write(messages().get(0)));
        headers.put(name, value);

        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> read(headers, payload.getBytes()))
                .withMessageContaining(sentence);
    }

    static List<Object[]> malformed() {
        return List.of(
                new Object[] { "llm-version", null, "{}", "The header llm-version is missing" },
                new Object[] { "llm-version", "2", "{}", "The header llm-version is '2', and this code reads version 1 alone" },
                new Object[] { "llm-correlation-id", " ", "{}", "The header llm-correlation-id is missing" },
                new Object[] { "llm-type", "question", "{}", "The header llm-type is of no known kind: 'question'" },
                new Object[] { "llm-deadline", "tomorrow", "{}", "The header llm-deadline must be a time such as" },
                new Object[] { "llm-attempt", "0", "{}", "The header llm-attempt must be 1 or more, not 0" },
                new Object[] { "llm-sequence", "first", "{}", "The header llm-sequence must be a whole number, not 'first'" },
                new Object[] { "llm-worker", "w", "not JSON", "The payload is no request: Not JSON" },
                new Object[] { "llm-type", "event", "{\"type\":\"nothing\"}", "The payload is no event: " });
    }

    @Test
    void headersThatAreNotSaidAreAsIfTheyWereEmpty() {
        Map<String, String> headers = Map.of("llm-version", "1", "llm-type", "request", "llm-correlation-id", "c-1");

        assertThat(read(headers, "{\"input\":\"Hi\"}".getBytes()))
                .isEqualTo(new LlmMessage.Request(MessageHeaders.of("c-1"), LlmRequest.of("Hi")));
    }

    @Test
    void aFailureOfANewerVersionIsAPlainOneAndAsRetryable() {
        LlmMessage.Failure known = new LlmMessage.Failure(HEADERS,
                new LlmServerException("out", LlmErrorDetails.builder().code("c").build()));
        byte[] payload = new String(MessageCodec.payload(known)).replace("\"server\"", "\"asleep\"").getBytes();

        LlmMessage.Failure read = (LlmMessage.Failure) read(HeaderText.write(known), payload);

        assertThat(read.cause()).hasMessage("out");
        assertThat(read.cause().code()).contains("c");
        assertThat(read.cause().isRetryable()).isTrue();
    }

    private static LlmMessage read(Map<String, String> headers, byte[] payload) {
        return MessageCodec.read(headers::get, payload);
    }
}
