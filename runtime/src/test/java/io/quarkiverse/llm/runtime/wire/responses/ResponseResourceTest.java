package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.ResponseError;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.Usage;
import io.vertx.core.json.JsonObject;

class ResponseResourceTest {

    private static final LlmResponse RESPONSE = LlmResponse.builder().id("resp_1").model("gpt-5-mini")
            .createdAt(Instant.ofEpochMilli(1_764_964_102_900L)).build();

    private static JsonObject resource(LlmRequest request, LlmResponse response) {
        return new JsonObject(new String(new ResponseResource(request, response).encode(), StandardCharsets.UTF_8));
    }

    @Test
    void every_required_field_is_there_when_nothing_was_said() {
        assertThat(resource(LlmRequest.of("Hi"), RESPONSE)).isEqualTo(new JsonObject("""
                {"id": "resp_1", "object": "response", "created_at": 1764964102, "completed_at": null, "status": "completed",
                 "output_text": "", "incomplete_details": null, "error": null, "model": "gpt-5-mini",
                 "previous_response_id": null, "instructions": null, "output": [], "tools": [], "tool_choice": "auto",
                 "truncation": "disabled", "parallel_tool_calls": true, "text": {"format": {"type": "text"}}, "top_p": 1,
                 "temperature": 1, "presence_penalty": 0, "frequency_penalty": 0, "top_logprobs": 0,
                 "reasoning": {"effort": null, "summary": null}, "max_output_tokens": null, "max_tool_calls": null,
                 "usage": {"input_tokens": 0, "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
                           "output_tokens": 0, "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": 0},
                 "store": true, "background": false, "service_tier": "default", "metadata": {},
                 "safety_identifier": null, "prompt_cache_key": null}"""));
    }

    @Test
    void the_request_is_echoed() {
        LlmRequest request = LlmRequest.builder().user("Hi").instructions("Be brief")
                .options(GenerationOptions.builder().temperature(0.2).topP(0.5).presencePenalty(0.1).frequencyPenalty(-0.5)
                        .topLogprobs(3).maxOutputTokens(100L).maxToolCalls(2).parallelToolCalls(false).reasoningEffort("low")
                        .reasoningSummary("auto").verbosity("high").build())
                .outputFormat(OutputFormat.jsonSchema("city", RawJson.of("{\"type\":\"object\"}")))
                .toolChoice(ToolChoice.function("weather")).previousResponseId("resp_0").conversation("conv_1").store(false)
                .background(true).truncation("auto").serviceTier("flex").safetyIdentifier("user-1").promptCacheKey("key")
                .metadata("a", "b").build();

        JsonObject resource = resource(request, RESPONSE);

        assertThat(resource.copy().getMap().keySet()).containsExactlyInAnyOrderElementsOf(ResponseResource.FIELDS);
        assertThat(resource.getMap()).containsAllEntriesOf(new JsonObject("""
                {"instructions": "Be brief", "temperature": 0.2, "top_p": 0.5, "presence_penalty": 0.1,
                 "frequency_penalty": -0.5, "top_logprobs": 3, "max_output_tokens": 100, "max_tool_calls": 2,
                 "parallel_tool_calls": false, "previous_response_id": "resp_0", "store": false, "background": true,
                 "truncation": "auto", "service_tier": "flex", "safety_identifier": "user-1", "prompt_cache_key": "key"}""")
                .getMap());
        assertThat(resource.getJsonObject("reasoning")).isEqualTo(new JsonObject("{\"effort\":\"low\",\"summary\":\"auto\"}"));
        assertThat(resource.getJsonObject("text")).isEqualTo(new JsonObject("""
                {"format": {"type": "json_schema", "name": "city", "schema": {"type": "object"}, "strict": true},
                 "verbosity": "high"}"""));
        assertThat(resource.getJsonObject("tool_choice"))
                .isEqualTo(new JsonObject("{\"type\":\"function\",\"name\":\"weather\"}"));
        assertThat(resource.getJsonObject("conversation")).isEqualTo(new JsonObject("{\"id\":\"conv_1\"}"));
        assertThat(resource.getJsonObject("metadata")).isEqualTo(new JsonObject("{\"a\":\"b\"}"));
    }

    @Test
    void a_function_has_all_its_fields_also_the_ones_that_are_null() {
        Tool bare = new Tool.Function("now", Optional.empty(), Optional.empty(), Optional.empty());
        LlmRequest request = LlmRequest.builder().user("Hi").tool(bare)
                .tool(Tool.function("weather", "Tells it", RawJson.of("{\"type\":\"object\"}")).withStrict(true))
                .tool(new Tool.Namespace("mcp", "Tools", List.of(bare)))
                .tool(new Tool.Opaque("web_search", RawJson.of("{\"type\":\"web_search\",\"filters\":null}"))).build();

        assertThat(resource(request, RESPONSE).getJsonArray("tools")).containsExactly(
                new JsonObject("{\"type\":\"function\",\"name\":\"now\",\"description\":null,\"parameters\":null,"
                        + "\"strict\":null}"),
                new JsonObject("{\"type\":\"function\",\"name\":\"weather\",\"description\":\"Tells it\","
                        + "\"parameters\":{\"type\":\"object\"},\"strict\":true}"),
                new JsonObject("{\"type\":\"namespace\",\"name\":\"mcp\",\"description\":\"Tools\",\"tools\":["
                        + "{\"type\":\"function\",\"name\":\"now\",\"description\":null,\"parameters\":null,"
                        + "\"strict\":null}]}"),
                new JsonObject("{\"type\":\"web_search\",\"filters\":null}"));
    }

    @Test
    void what_the_server_said_of_the_response_counts_more_than_what_was_asked_for() {
        LlmRequest request = LlmRequest.builder().user("Hi").serviceTier("auto").metadata("a", "b").build();
        LlmResponse response = RESPONSE.toBuilder().serviceTier("priority").metadata(Map.of("c", "d"))
                .completedAt(Instant.ofEpochSecond(1_764_964_105)).usage(new Usage(3, 1, 0, 4, 2, 7))
                .extraBody(Map.of("content_filters", RawJson.of("[{\"blocked\":false}]"))).build();

        JsonObject resource = resource(request, response);

        assertThat(resource.getString("service_tier")).isEqualTo("priority");
        assertThat(resource.getJsonObject("metadata")).isEqualTo(new JsonObject("{\"c\":\"d\"}"));
        assertThat(resource.getLong("completed_at")).isEqualTo(1_764_964_105);
        assertThat(resource.getJsonObject("usage")).isEqualTo(new JsonObject("""
                {"input_tokens": 3, "input_tokens_details": {"cached_tokens": 1, "cache_write_tokens": 0},
                 "output_tokens": 4, "output_tokens_details": {"reasoning_tokens": 2}, "total_tokens": 7}"""));
        assertThat(resource.getJsonArray("content_filters")).containsExactly(new JsonObject("{\"blocked\":false}"));
    }

    @Test
    void what_is_not_at_its_end_has_neither_usage_nor_text() {
        JsonObject resource = resource(LlmRequest.of("Hi"), RESPONSE.toBuilder().status(ResponseStatus.IN_PROGRESS).build());

        assertThat(resource.getMap()).containsEntry("usage", null).doesNotContainKey("output_text");
    }

    @Test
    void the_text_of_all_messages_stands_beside_them() {
        LlmResponse response = RESPONSE.toBuilder().item(Message.assistant("One ").withId("msg_1"))
                .item(Message.of(Role.ASSISTANT, List.of(new Content.Refusal("No"), Content.text("two"))).withId("msg_2"))
                .build();

        assertThat(resource(LlmRequest.of("Hi"), response).getString("output_text")).isEqualTo("One two");
    }

    @Test
    void a_failed_response_has_its_error() {
        LlmResponse failed = RESPONSE.toBuilder().status(ResponseStatus.FAILED)
                .error(new ResponseError("server_error", "It broke")).build();

        assertThat(resource(LlmRequest.of("Hi"), failed).getJsonObject("error"))
                .isEqualTo(new JsonObject("{\"code\":\"server_error\",\"message\":\"It broke\"}"));
    }

    @Test
    void an_item_without_a_status_is_complete() {
        LlmResponse response = RESPONSE.toBuilder().item(Message.assistant("Hi").withId("msg_1"))
                .item(Message.of(Role.ASSISTANT, List.of(new Content.Refusal("No"))).withId("msg_2"))
                .build();

        assertThat(resource(LlmRequest.of("Hi"), response).getJsonArray("output")).containsExactly(
                new JsonObject("{\"type\":\"message\",\"id\":\"msg_1\",\"status\":\"completed\",\"role\":\"assistant\","
                        + "\"content\":[{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"Hi\"}]}"),
                new JsonObject("{\"type\":\"message\",\"id\":\"msg_2\",\"status\":\"completed\",\"role\":\"assistant\","
                        + "\"content\":[{\"type\":\"refusal\",\"refusal\":\"No\"}]}"));
    }

    @ParameterizedTest
    @CsvSource({ "max_output_tokens,LENGTH,max_output_tokens", "content_filter,CONTENT_FILTER,content_filter",
            "max_messages,OTHER,max_messages", "steered,OTHER,steered", "length,LENGTH,max_output_tokens",
            "safety,CONTENT_FILTER,content_filter", "invalid_tool_call,OTHER,max_output_tokens",
            ",OTHER,max_output_tokens" })
    void why_it_is_incomplete_is_one_of_the_reasons_that_clients_know(String reason, FinishReason finish, String told) {
        LlmResponse incomplete = RESPONSE.toBuilder().status(ResponseStatus.INCOMPLETE).incompleteReason(reason)
                .finishReason(finish).build();

        assertThat(resource(LlmRequest.of("Hi"), incomplete).getJsonObject("incomplete_details"))
                .isEqualTo(new JsonObject().put("reason", told));
    }

    @Test
    void a_response_that_is_not_incomplete_has_no_reason_for_it() {
        LlmResponse failed = RESPONSE.toBuilder().status(ResponseStatus.FAILED).finishReason(FinishReason.OTHER).build();

        assertThat(resource(LlmRequest.of("Hi"), failed).getValue("incomplete_details")).isNull();
    }

    @Test
    void a_response_that_was_cut_does_not_say_when_it_was_completed_although_the_server_did() {
        LlmResponse cut = RESPONSE.toBuilder().status(ResponseStatus.INCOMPLETE).completedAt(Instant.ofEpochSecond(2)).build();

        assertThat(resource(LlmRequest.of("Hi"), cut).getValue("completed_at")).isNull();
    }
}
