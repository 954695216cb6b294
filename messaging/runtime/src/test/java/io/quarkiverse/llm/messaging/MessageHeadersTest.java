package io.quarkiverse.llm.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Map;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What headers say, and what they do not take. */
class MessageHeadersTest {

    private static final MessageHeaders HEADERS = MessageHeaders.of("id");

    @TestFactory
    Stream<DynamicTest> nothingIsRefusedByItsName() {
        return Map.<String, ThrowingCallable> of(
                "correlationId", () -> MessageHeaders.of(null),
                "conversation", () -> HEADERS.withConversation(null),
                "idempotencyKey", () -> HEADERS.withIdempotencyKey(null),
                "replyTo", () -> HEADERS.withReplyTo(null),
                "deadline", () -> HEADERS.withDeadline(null),
                "worker", () -> HEADERS.withAttempt(1, null),
                "trace", () -> HEADERS.withTrace(null)).entrySet().stream()
                .map(refused -> DynamicTest.dynamicTest(refused.getKey(),
                        () -> assertThatNullPointerException().isThrownBy(refused.getValue())
                                .withMessage(refused.getKey())));
    }

    @Test
    void blankTextIsNone() {
        assertThat(HEADERS.withConversation(" ").withIdempotencyKey("").withReplyTo("\t")).isEqualTo(HEADERS);
    }
}
