package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

class ResponsesRequestDecoderTest {

    static ReceivedRequest decode(String body) {
        return new ResponsesServerCodec(ReasoningDialect.SUMMARY).decode(body.getBytes(StandardCharsets.UTF_8),
                DegradeMode.PLACEHOLDER);
    }

    private static Tool.Function function(String name) {
        return new Tool.Function(name, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void aStringIsTheUsersMessage() {
        ReceivedRequest received = decode("{\"model\":\"gpt-5\",\"input\":\"Grüße 😀\"}");

        assertThat(received.request()).isEqualTo(LlmRequest.builder().model("gpt-5").user("Grüße 😀").build());
        assertThat(received.stream()).isFalse();
        assertThat(received.apiFields()).isEmpty();
        assertThat(received.unknownFields()).isEmpty();
        assertThat(received.degradations()).isEmpty();
    }

    @Test
    void everyFieldThatTheModelHasIsTaken() {
        LlmRequest request = decode("""
                {"model": "gpt-5", "input": "Hi", "instructions": "Be brief", "store": false, "background": true,
                 "stream": true, "max_output_tokens": 100, "max_tool_calls": 3, "parallel_tool_calls": false,
                 "tools": [{"type": "function", "name": "weather", "description": "Tells it",
                            "parameters": {"type":"object"}, "strict": true},
                           {"type": "custom", "name": "sql", "format": {"type":"text"}},
                           {"type": "namespace", "name": "mcp", "description": "Tools",
                            "tools": [{"type": "function", "name": "list"}]},
                           {"type": "web_search", "filters": null}],
                 "tool_choice": {"type": "function", "name": "weather"},
                 "text": {"format": {"type": "json_schema", "name": "city", "schema": {"type":"object"}, "strict": true},
                          "verbosity": "low"},
                 "reasoning": {"effort": "high", "summary": "auto"}, "temperature": 0.5, "top_p": 0.9,
                 "presence_penalty": 0.1, "frequency_penalty": -0.2, "top_logprobs": 2,
                 "include": ["reasoning.encrypted_content"], "truncation": "auto", "service_tier": "flex",
                 "metadata": {"a": "b"}, "prompt_cache_key": "key", "safety_identifier": "user-1",
                 "previous_response_id": "resp_0"}""").request();

        assertThat(request).isEqualTo(LlmRequest.builder().model("gpt-5").user("Hi").instructions("Be brief").store(false)
                .background(true)
                .options(GenerationOptions.builder().maxOutputTokens(100L).maxToolCalls(3).parallelToolCalls(false)
                        .verbosity("low").reasoningEffort("high").reasoningSummary("auto").temperature(0.5).topP(0.9)
                        .presencePenalty(0.1).frequencyPenalty(-0.2).topLogprobs(2).build())
                .tool(Tool.function("weather", "Tells it", RawJson.of("{\"type\":\"object\"}")).withStrict(true))
                .tool(new Tool.Custom("sql", Optional.empty(), Optional.of(RawJson.of("{\"type\":\"text\"}"))))
                .tool(new Tool.Namespace("mcp", "Tools", List.of(function("list"))))
                .tool(new Tool.Opaque("web_search", RawJson.of("{\"type\": \"web_search\", \"filters\": null}")))
                .toolChoice(ToolChoice.function("weather"))
                .outputFormat(OutputFormat.jsonSchema("city", RawJson.of("{\"type\":\"object\"}")))
                .include("reasoning.encrypted_content").truncation("auto").serviceTier("flex").metadata("a", "b")
                .promptCacheKey("key").safetyIdentifier("user-1").previousResponseId("resp_0").build());
    }

    @Test
    void theWishForAStreamIsTaken() {
        assertThat(decode("{\"input\":\"Hi\",\"stream\":true}").stream()).isTrue();
        assertThat(decode("{\"input\":\"Hi\",\"stream\":null}").stream()).isFalse();
    }

    @Test
    void aConversationIsItsIdPlainOrInAnObject() {
        assertThat(decode("{\"input\":\"Hi\",\"conversation\":\"conv_1\"}").request().conversation()).contains("conv_1");
        assertThat(decode("{\"input\":\"Hi\",\"conversation\":{\"id\":\"conv_1\"}}").request().conversation())
                .contains("conv_1");
    }

    @Test
    void nullsAndEmptyIdsCountAsAbsent() {
        ReceivedRequest received = decode("""
                {"input": "Hi", "model": null, "instructions": null, "previous_response_id": "", "conversation": null,
                 "store": null, "background": null, "stream_options": null, "max_output_tokens": null, "tools": null,
                 "tool_choice": null, "text": {"format": null, "verbosity": null},
                 "reasoning": {"effort": null, "context": null}, "temperature": null, "include": null,
                 "metadata": {"a": null}, "prompt": null, "user": null, "x": null}""");

        assertThat(received.request()).isEqualTo(LlmRequest.of("Hi"));
        assertThat(received.apiFields()).isEmpty();
        assertThat(received.unknownFields()).isEmpty();
    }

    @Test
    void anEmptyTextObjectSaysNothing() {
        assertThat(decode("{\"input\":\"Hi\",\"text\":{}}").request()).isEqualTo(LlmRequest.of("Hi"));
    }

    @Test
    void theOldNameOfTheSummaryIsUnderstood() {
        ReceivedRequest received = decode("{\"input\":\"Hi\",\"reasoning\":{\"generate_summary\":\"concise\"}}");

        assertThat(received.request().options().reasoningSummary()).contains("concise");
        assertThat(received.apiFields()).isEmpty();
    }

    @Test
    void whatOnlyTheApiHasIsKeptForServersOfTheSameApi() {
        String fields = """
                "prompt":{"id":"pmpt_1"},"context_management":[{"type":"compaction"}],"client_metadata":{"a":"b"},\
                "moderation":{"model":"m"},"access_programs":{"cyber":true},"prompt_cache_retention":"24h",\
                "prompt_cache_options":{"mode":"explicit"},"user":"u","stream_options":{"include_obfuscation":false},\
                "generate":false""";

        ReceivedRequest received = decode("{" + fields + ",\"input\":\"Hi\",\"frobnicate\":[1]}");

        assertThat(received.apiFields()).containsOnlyKeys("prompt", "context_management", "client_metadata", "moderation",
                "access_programs", "prompt_cache_retention", "prompt_cache_options", "user", "stream_options", "generate");
        assertThat(received.apiFields()).containsEntry("prompt_cache_options", RawJson.of("{\"mode\":\"explicit\"}"));
        assertThat(received.unknownFields()).isEqualTo(Map.of("frobnicate", RawJson.of("[1]")));
        assertThat(received.request()).isEqualTo(LlmRequest.of("Hi"));
    }

    @Test
    void anObjectOfWhichTheModelHasNotAllIsKeptAsAWholeBesides() {
        ReceivedRequest received = decode("{\"input\":\"Hi\",\"reasoning\":{\"effort\":\"low\",\"context\":\"all_turns\"}}");

        assertThat(received.request().options().reasoningEffort()).contains("low");
        assertThat(received.apiFields())
                .isEqualTo(Map.of("reasoning", RawJson.of("{\"effort\":\"low\",\"context\":\"all_turns\"}")));
    }

    @Test
    void theEventTypeOfAWebSocketIsNoUnknownField() {
        ReceivedRequest received = decode("{\"type\":\"response.create\",\"input\":\"Hi\",\"stream_id\":\"a\"}");

        assertThat(received.unknownFields()).isEmpty();
        assertThat(received.apiFields()).containsOnlyKeys("stream_id");
    }

    @Test
    void anInputMayBeEmptyWhereThereIsSomethingElseToAnswer() {
        for (String other : List.of("\"previous_response_id\":\"resp_1\"", "\"conversation\":\"conv_1\"",
                "\"instructions\":\"Tell a joke\"", "\"prompt\":{\"id\":\"pmpt_1\"}", "\"generate\":false")) {
            assertThat(decode("{\"input\":[]," + other + "}").request().input()).isEmpty();
            assertThat(decode("{" + other + "}").request().input()).isEmpty();
        }
    }

    @Test
    void additionalToolsAreOfferedAndVanishFromTheInput() {
        ReceivedRequest received = decode("""
                {"input": [
                   {"type": "additional_tools", "role": "developer", "tools": [
                     {"type": "namespace", "name": "code", "description": "", "tools": [{"type": "custom", "name": "exec"}]},
                     {"type": "function", "name": "now", "description": "new"}]},
                   {"role": "user", "content": "Hi"}],
                 "tools": [{"type": "function", "name": "now", "description": "old"}, {"type": "function", "name": "a"}],
                 "tool_choice": {"type": "custom", "name": "exec"}}""");

        assertThat(received.request().input()).containsExactly(Message.user("Hi"));
        assertThat(received.request().tools()).containsExactly(
                new Tool.Function("now", Optional.of("new"), Optional.empty(), Optional.empty()), function("a"),
                new Tool.Namespace("code", "", List.of(new Tool.Custom("exec", Optional.empty(), Optional.empty()))));
        assertThat(received.degradations()).isEmpty();
    }

    @Test
    void additionalToolsThatCannotBeReadEndNoConversation() {
        ReceivedRequest received = decode("""
                {"input": [{"type": "additional_tools", "tools": [{"type": "function"}, 3, {"type": "function", "name": "a"}]},
                           {"type": "additional_tools", "tools": "none"}, {"type": "additional_tools"}, "Hi"]}""");

        assertThat(received.request().tools()).containsExactly(function("a"));
        assertThat(received.degradations()).extracting(degradation -> degradation.place())
                .containsExactly("input[0].tools[0]", "input[0].tools[1]", "input[1]", "input[2]");
    }

    @Test
    void allToolsThatMayBeChosenMustBeThereUnlessTheServerHasThem() {
        assertThat(decode("""
                {"input": "Hi", "previous_response_id": "resp_1", "tool_choice": {"type": "function", "name": "f"}}""")
                .request().toolChoice()).contains(ToolChoice.function("f"));
        assertThat(decode("""
                {"input": "Hi", "tools": [{"type": "web_search_2025_08_26"}], "tool_choice": {"type": "web_search"}}""")
                .request().toolChoice()).isPresent();
    }
}
