package io.quarkiverse.llm.test;

import static io.quarkiverse.llm.test.LlmAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.smallrye.mutiny.Multi;

/** Each assertion holds where it should, and where it does not, it says what was there. */
class LlmAssertionsTest {

    private static final RecordedRequest SENT = RecordedRequest.of(1, "POST", "/v1/chat/completions",
            Map.of("authorization", "Bearer key"),
            """
                    {"model": "m", "stream": true, "temperature": 0.5, "user": null,
                     "messages": [
                       {"role": "system", "content": "Be brief."},
                       {"role": "user", "content": [{"type": "text", "text": "Weather in "}, {"type": "text", "text": "Oslo?"}]},
                       {"role": "assistant", "content": null, "tool_calls": [{"id": "call_1", "type": "function",
                         "function": {"name": "get_weather", "arguments": "{}"}}]},
                       {"role": "tool", "tool_call_id": "call_1", "content": "21 degrees"}],
                     "tools": [{"type": "function", "function": {"name": "get_weather"}}]}
                    """);
    private static final RecordedRequest SENT_AS_RESPONSES = RecordedRequest.of(1, "POST", "/v1/responses", Map.of(),
            """
                    {"model": "m", "instructions": "Be brief.",
                     "input": [
                       {"role": "user", "content": [{"type": "input_text", "text": "Weather in "},
                         {"type": "input_text", "text": "Oslo?"}]},
                       {"type": "reasoning", "summary": []},
                       {"type": "function_call", "call_id": "call_1", "name": "get_weather", "arguments": "{}"},
                       {"type": "function_call_output", "call_id": "call_1", "output": "21 degrees"}],
                     "tools": [{"type": "function", "name": "get_weather"}, {"type": "web_search"}]}
                    """);
    private static final LlmRequest ASKED = LlmRequest.builder().model("m").instructions("Be brief.").user("Weather?")
            .toolOutput("call_1", "21 degrees").tool(Tool.function("get_weather", "Tells the weather")).build();
    private static final Answer ANSWER = Answer.reasoning("Hm.").thenText("It ", "rains.")
            .thenToolCall("call_1", "get_weather", "{\"city\":", "\"Oslo\"}").usage(7, 5);
    private static final LlmResponse RESPONSE = new MockLlm().enqueue(ANSWER).completeAndAwait(LlmRequest.of("Hi"));
    private static final List<LlmEvent> EVENTS = new MockLlm().enqueue(ANSWER).stream(LlmRequest.of("Hi")).collect().asList()
            .await().indefinitely();

    /** The message, with what the assertion cannot do without. */
    private static void fails(ThrowingCallable assertion, String... parts) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion)
                .satisfies(error -> assertThat(error.getMessage()).contains(parts));
    }

    @Test
    void aSentRequestIsAssertedInOneChain() {
        assertThat(SENT).isChatCompletion().hasPath("/v1/chat/completions").isStreaming().hasModel("m")
                .hasHeader("Authorization", "Bearer key").hasNoHeader("x-other")
                .hasRoles("system", "user", "assistant", "tool")
                .hasSystemMessage("Be brief.").hasUserMessage("Weather in Oslo?")
                .hasAssistantMessage("calls get_weather{}").hasToolOutput("call_1", "21 degrees")
                .offersTool("get_weather")
                .hasField("/temperature", 0.5).hasField("/user", null).hasField("/messages/0", Map.of("role", "system",
                        "content", "Be brief."))
                .hasNoField("/stop").hasNoField("/messages/9");
        assertThat(SENT).lastUserMessage().endsWith("Oslo?");
        assertThat(SENT).toolOutput("call_1").contains("21");
    }

    @Test
    void aRequestOfTheResponsesApiIsAssertedTheSameWay() {
        assertThat(SENT_AS_RESPONSES).isResponses().isNotStreaming().hasModel("m")
                .hasRoles("system", "user", "assistant", "tool")
                .hasSystemMessage("Be brief.").hasUserMessage("Weather in Oslo?")
                .hasAssistantMessage("calls get_weather{}").hasToolOutput("call_1", "21 degrees")
                .offersTool("get_weather", "web_search").hasField("/input/1/type", "reasoning");
        fails(() -> assertThat(SENT_AS_RESPONSES).isChatCompletion(), "Chat Completions API", "POST /v1/responses");
        fails(() -> assertThat(SENT).isResponses(), "Responses API", "POST /v1/chat/completions");
        assertThat(RecordedRequest.of(1, "POST", "/v1/responses", Map.of(), "{\"input\":\"Hi\"}")).hasUserMessage("Hi");
    }

    @Test
    void aRequestSaysWhatItHolds() {
        fails(() -> assertThat(SENT).hasUserMessage("Hello"), "Expected a user message\n  Hello\nbut the messages are\n",
                "  system: Be brief.\n  user: Weather in Oslo?\n  assistant: calls get_weather{}\n  tool (call_1): 21 degrees");
        fails(() -> assertThat(SENT).hasToolOutput("call_2", "x"), "Expected an output of tool call 'call_2'", "tool (call_1)");
        fails(() -> assertThat(SENT).toolOutput("call_2"), "call_2", "tool (call_1)");
        fails(() -> assertThat(SENT).hasRoles("user"), "[user]", "tool (call_1)");
        fails(() -> assertThat(SENT).hasModel("n"), "Expected the model\n  n\nbut it is\n  m");
        fails(() -> assertThat(SENT).isNotStreaming(), "asks for a stream");
        fails(() -> assertThat(SENT).hasPath("/v1"), "/v1/chat/completions");
        fails(() -> assertThat(SENT).offersTool("get_tides"), "[get_tides]", "[get_weather]");
        fails(() -> assertThat(SENT).offersNoTools(), "[get_weather]");
        fails(() -> assertThat(SENT).hasHeader("authorization", "none"), "[Bearer key]");
        fails(() -> assertThat(SENT).hasNoHeader("authorization"), "[Bearer key]");
        fails(() -> assertThat(SENT).hasField("/temperature", 0.6), "/temperature", "0.6", "it is\n  0.5");
        fails(() -> assertThat(SENT).hasField("/seed", 1), "there is no such field in\n  {\"model\"");
        fails(() -> assertThat(SENT).hasNoField("/user"), "it is\n  null");
    }

    @Test
    void aRequestThatIsNoneOfThisApiSaysSo() {
        RecordedRequest other = RecordedRequest.of(1, "GET", "/v1/models", Map.of(), "");

        fails(() -> assertThat(other).isChatCompletion(), "GET /v1/models");
        fails(() -> assertThat(other).isStreaming(), "whole answer");
        fails(() -> assertThat(other).hasUserMessage("Hi"), "(no messages)");
    }

    @Test
    void bodiesAreComparedAsJson() {
        RecordedRequest one = RecordedRequest.of(1, "POST", "/a", Map.of(), "{\"a\":1,\"b\":{\"c\":2,\"d\":[3]}}");
        RecordedRequest same = RecordedRequest.of(1, "POST", "/b", Map.of(), "{\"b\": {\"d\": [3.0], \"c\": 2}, \"a\": 1}");
        RecordedRequest other = RecordedRequest.of(1, "POST", "/b", Map.of(), "{\"a\":1,\"b\":null,\"e\":0}");

        assertThat(one).hasSameBodyAs(same);
        fails(() -> assertThat(one).hasSameBodyAs(other), "They differ in b, e");
    }

    @Test
    void aRequestOfTheApiIsAssertedTheSameWay() {
        assertThat(ASKED).hasModel("m").hasSystemMessage("Be brief.").hasUserMessage("Weather?")
                .hasToolOutput("call_1", "21 degrees").offersTool("get_weather").hasRoles("system", "user", "tool")
                .hasField("/tools/0/name", "get_weather").hasNoField("/temperature");
        fails(() -> assertThat(ASKED).hasSystemMessage("Be long."), "system: Be brief.");
        fails(() -> assertThat(LlmRequest.of("Hi")).hasModel("m"), "but it is\n  null");
    }

    @Test
    void aResponseIsAssertedInOneChain() {
        assertThat(RESPONSE).isCompleted().hasText("It rains.").hasReasoning("Hm.").hasModel("mock").hasUsage(7, 5)
                .hasFinishReason(FinishReason.TOOL_CALLS).hasToolCall("get_weather", "{ \"city\": \"Oslo\" }");
        assertThat(RESPONSE).text().startsWith("It");
    }

    @Test
    void aResponseSaysWhatItHolds() {
        fails(() -> assertThat(RESPONSE).isIncomplete("max_output_tokens"), "COMPLETED", "It rains.");
        fails(() -> assertThat(RESPONSE).hasText("It snows."), "Expected the text\n  It snows.\nbut it is\n  It rains.");
        fails(() -> assertThat(RESPONSE).hasToolCall("get_weather", "{\"city\":\"Rome\"}"), "Rome",
                "the tool calls are\n  get_weather {\"city\":\"Oslo\"}");
        fails(() -> assertThat(RESPONSE).hasNoToolCalls(), "get_weather");
        fails(() -> assertThat(RESPONSE).hasUsage(1, 2), "inputTokens=7");
        LlmResponse cut = new MockLlm().enqueue(Answer.text("It").finishReason("length")).completeAndAwait(ASKED);
        assertThat(cut).isIncomplete("max_output_tokens").hasNoToolCalls();
        fails(() -> assertThat(cut).isCompleted(), "INCOMPLETE because of max_output_tokens");
    }

    @Test
    void eventsSayWhatCame() {
        assertThat(EVENTS).hasText("It rains.").hasTextDeltas("It ", "rains.").hasReasoning("Hm.")
                .hasToolCall("get_weather", "{\"city\":\"Oslo\"}").endsCompleted();
        fails(() -> assertThat(EVENTS).hasText("It snows."), "It snows.", "  TextDelta It \n  TextDelta rains.");
        fails(() -> assertThat(EVENTS).hasTextDeltas("It rains."), "[It , rains.]");
        fails(() -> assertThat(EVENTS).hasToolCall("get_tides", "{}"), "get_tides",
                "ToolCallArgumentsDelta {\"city\": (call_1)", "ToolCallComplete get_weather {\"city\":\"Oslo\"} (call_1)");
        fails(() -> assertThat(EVENTS).hasNoToolCalls(), "ToolCallStart get_weather (call_1)");
        fails(() -> assertThat(EVENTS).hasTypes(LlmEvent.TextDelta.class), "ResponseStarted");
        fails(() -> assertThat(EVENTS.subList(0, 3)).endsCompleted(), "Expected the end of a response");
        fails(() -> assertThat(EVENTS).endsIncomplete("content_filter"), "COMPLETED");
    }

    @Test
    void aToolCallThatWasNotStreamedIsNone() {
        List<LlmEvent> notStreamed = EVENTS.stream().filter(event -> !(event instanceof LlmEvent.ToolCallArgumentsDelta))
                .toList();

        fails(() -> assertThat(notStreamed).hasToolCall("get_weather", "{\"city\":\"Oslo\"}"), "all arguments in deltas");
    }

    @Test
    void aStreamSaysHowItEnded() {
        MockLlm llm = new MockLlm().respond(request -> Answer.error(429, "slow down").header("retry-after", "2"));

        assertThat(llm.stream(ASKED)).failsWith(LlmRateLimitException.class).isRetryable().hasHttpStatus(429)
                .hasRetryAfter(Duration.ofSeconds(2)).hasPartialText("").hasMessageContaining("slow down");
        fails(() -> assertThat(llm.stream(ASKED)).completes(), "failed with", "slow down", "(no events)");
        fails(() -> assertThat(llm.stream(ASKED)).failsWith(LlmServerException.class), "LlmServerException", "slow down");
        fails(() -> assertThat(llm.stream(ASKED)).failsWith(LlmException.class).isNotRetryable(), "not retryable");
        fails(() -> assertThat(llm.stream(ASKED)).failsWith(LlmException.class).hasHttpStatus(500), "500", "429");
        fails(() -> assertThat(new MockLlm().enqueue(Answer.text("a")).stream(ASKED)).failsWith(LlmException.class),
                "but it completed with", "TextDelta a");
    }

    @Test
    void aStreamThatDoesNotEndIsNotWaitedForForEver() {
        Multi<LlmEvent> endless = Multi.createBy().concatenating().streams(Multi.createFrom().iterable(EVENTS),
                Multi.createFrom().nothing());

        fails(() -> assertThat(endless).within(Duration.ofMillis(50)).completes(), "to end within PT0.05S", "TextDelta rains.");
    }
}
