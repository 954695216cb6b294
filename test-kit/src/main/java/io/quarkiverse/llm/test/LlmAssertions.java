package io.quarkiverse.llm.test;

import java.util.List;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.grammar.SseStreamGrammar;
import io.smallrye.mutiny.Multi;

/**
 * Assertions in AssertJ's style on what was sent and received. The static import stands beside that of AssertJ's own
 * {@code assertThat}.
 *
 * <pre>{@code
 * assertThat(server.takeRequest()).isChatCompletion().hasUserMessage("Hi").offersTool("get_weather");
 * assertThat(mock.lastRequest()).hasUserMessage("Hi");
 * assertThat(llm.stream(request)).completes().hasText("Hello").hasToolCall("get_weather", "{\"city\":\"Oslo\"}");
 * assertThat(llm.stream(request)).failsWith(LlmRateLimitException.class).isRetryable();
 * }</pre>
 */
public final class LlmAssertions {

    private LlmAssertions() {
    }

    /** On a request as a scripted server received it. */
    public static RecordedRequestAssert assertThat(RecordedRequest actual) {
        return new RecordedRequestAssert(actual);
    }

    /** On a request as the application made it. */
    public static LlmRequestAssert assertThat(LlmRequest actual) {
        return new LlmRequestAssert(actual);
    }

    /** On a whole answer. */
    public static LlmResponseAssert assertThat(LlmResponse actual) {
        return new LlmResponseAssert(actual);
    }

    /** On the events of a stream. */
    public static LlmEventsAssert assertThat(List<LlmEvent> actual) {
        return new LlmEventsAssert(actual);
    }

    /** On a stream, which is subscribed to by what is asserted of its end. */
    public static LlmStreamAssert assertThat(Multi<LlmEvent> actual) {
        return new LlmStreamAssert(actual);
    }

    /** On a failure of a provider. */
    public static LlmExceptionAssert assertThat(LlmException actual) {
        return new LlmExceptionAssert(actual);
    }

    /**
     * On the body of a stream of the Responses API, such as a gateway sends it: with {@code event} lines and a last
     * {@code [DONE]}.
     */
    public static EventStreamAssert assertThatResponsesStream(String actual) {
        return new EventStreamAssert(actual, SseStreamGrammar::responses);
    }

    /** On the body of a stream of Chat Completions that was asked for without its usage. */
    public static EventStreamAssert assertThatChatStream(String actual) {
        return new EventStreamAssert(actual, body -> SseStreamGrammar.chatCompletions(body, false));
    }

    /** On the body of a stream of Chat Completions that was asked for with {@code stream_options.include_usage}. */
    public static EventStreamAssert assertThatChatStreamWithUsage(String actual) {
        return new EventStreamAssert(actual, body -> SseStreamGrammar.chatCompletions(body, true));
    }
}
