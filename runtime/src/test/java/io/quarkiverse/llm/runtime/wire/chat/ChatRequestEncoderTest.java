package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.ItemReference;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class ChatRequestEncoderTest {

    private static final Tool WEATHER = Tool.function("weather", "Weather of a city",
            RawJson.of("{\"type\": \"object\", \"properties\": {\"city\": {\"type\": \"string\"}}}"));

    private static TestSettings settings() {
        return TestSettings.of("http://localhost");
    }

    private static String text(LlmRequest request) {
        return text(request, Preset.GENERIC);
    }

    private static String text(LlmRequest request, Preset preset) {
        return new String(new ChatCodec(settings().preset(preset).build()).encode(request, false), StandardCharsets.UTF_8);
    }

    private static JsonObject body(LlmRequest request) {
        return body(request, Preset.GENERIC);
    }

    private static JsonObject body(LlmRequest request, Preset preset) {
        return new JsonObject(text(request, preset));
    }

    private static String messages(LlmRequest.Builder request) {
        return body(request.build()).getJsonArray("messages").encode();
    }

    private static LlmRequest.Builder request() {
        return LlmRequest.builder();
    }

    @Test
    void the_smallest_request_is_model_and_message() {
        assertThat(text(LlmRequest.of("Hi")))
                .isEqualTo("{\"model\":\"configured-model\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
    }

    @Test
    void a_stream_asks_for_its_usage_unless_switched_off() {
        LlmRequest request = LlmRequest.of("Hi");
        byte[] with = new ChatCodec(settings().build()).encode(request, true);
        byte[] without = new ChatCodec(settings().withoutUsage().build())
                .encode(request, true);

        assertThat(new String(with)).contains("\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        assertThat(new String(without)).contains("\"stream\":true").doesNotContain("stream_options");
    }

    @Test
    void every_option_has_its_field() {
        JsonObject body = body(request().user("Hi").model("m").temperature(0.5).topP(0.9).presencePenalty(0.1)
                .frequencyPenalty(-0.2).seed(7L).stop("a", "b").maxOutputTokens(99L).topLogprobs(3).reasoningEffort("low")
                .verbosity("high").store(true).metadata("k", "v").promptCacheKey("pck").safetyIdentifier("sid")
                .serviceTier("flex").build());
        body.remove("messages");

        assertThat(body).isEqualTo(new JsonObject("""
                {"model":"m","temperature":0.5,"top_p":0.9,"presence_penalty":0.1,"frequency_penalty":-0.2,"seed":7,
                 "stop":["a","b"],"max_tokens":99,"logprobs":true,"top_logprobs":3,"reasoning_effort":"low",
                 "verbosity":"high","store":true,"metadata":{"k":"v"},"prompt_cache_key":"pck",
                 "safety_identifier":"sid","service_tier":"flex"}"""));
    }

    @Test
    void openai_wants_its_own_name_for_the_limit_and_knows_the_developer_role() {
        String body = text(request().instructions("Be brief").user("Hi").maxOutputTokens(5L).build(), Preset.OPENAI);

        assertThat(body).contains("\"max_completion_tokens\":5").contains("{\"role\":\"developer\",\"content\":\"Be brief\"}");
    }

    @Test
    void instructions_come_first_and_other_servers_know_only_the_system_role() {
        assertThat(messages(request().instructions("Be brief").user("Hi"))).isEqualTo(
                "[{\"role\":\"system\",\"content\":\"Be brief\"},{\"role\":\"user\",\"content\":\"Hi\"}]");
    }

    @Test
    void configured_options_hold_where_the_request_says_nothing() {
        GenerationOptions configured = GenerationOptions.builder().temperature(0.1).maxOutputTokens(10L).build();
        byte[] bytes = new ChatCodec(settings().options(configured).build())
                .encode(request().user("Hi").temperature(0.9).build(), false);

        assertThat(new String(bytes)).contains("\"temperature\":0.9").contains("\"max_tokens\":10");
    }

    @Test
    void an_extra_body_is_merged_last_and_a_requests_own_wins() {
        byte[] bytes = new ChatCodec(settings().extraBody("top_k", "40").build()).encode(
                request().user("Hi").temperature(0.9).extraBody("temperature", RawJson.of("1.50"))
                        .extraBody("top_k", RawJson.of("7")).build(),
                false);

        assertThat(new String(bytes)).endsWith("\"top_k\":7,\"temperature\":1.50}").doesNotContain("0.9");
    }

    @Test
    void what_a_request_says_wins_over_the_configured_extra_body() {
        LlmRequest request = request().model("mine").user("Hi").maxOutputTokens(100L).tool(Tool.function("f", "d")).build();
        byte[] bytes = new ChatCodec(settings().extraBody("max_tokens", "3").extraBody("model", "\"other\"")
                .extraBody("tools", "[]").extraBody("top_k", "40").build()).encode(request, false);

        assertThat(new String(bytes)).contains("\"model\":\"mine\"", "\"max_tokens\":100", "\"name\":\"f\"")
                .endsWith(",\"top_k\":40}").doesNotContain("\"max_tokens\":3", "other", "\"tools\":[]");
    }

    @Test
    void what_is_configured_for_an_omitted_field_is_sent_whatever_the_request_says_of_it() {
        byte[] bytes = new ChatCodec(
                settings().quirk(Quirk.OMITTED_FIELDS, Set.of("store")).extraBody("store", "false").build())
                .encode(request().user("Hi").store(true).build(), false);

        assertThat(new String(bytes)).endsWith(",\"store\":false}");
    }

    @Test
    void the_configured_extra_body_wins_over_other_settings() {
        GenerationOptions configured = GenerationOptions.builder().temperature(0.1).build();
        byte[] bytes = new ChatCodec(settings().options(configured).extraBody("temperature", "0.5")
                .extraBody("model", "\"other\"").build()).encode(request().user("Hi").build(), false);

        assertThat(new String(bytes)).contains("\"temperature\":0.5", "\"model\":\"other\"").doesNotContain("0.1");
    }

    @Test
    void an_extra_body_cannot_ask_for_several_choices_or_decide_about_streaming() {
        assertThatThrownBy(() -> text(request().user("Hi").extraBody("n", RawJson.of("2")).build()))
                .isInstanceOf(LlmBadRequestException.class).hasMessageContaining("only one choice");
        assertThatThrownBy(() -> text(request().user("Hi").extraBody("stream", RawJson.of("true")).build()))
                .isInstanceOf(LlmBadRequestException.class);
    }

    @Test
    void one_turn_of_an_assistant_is_one_message() {
        String messages = messages(request().user("Rain?").item(Reasoning.of("Look it up")).assistant("I look.")
                .item(ToolCall.function("c1", "weather", "{\"city\":\"Oslo\"}"))
                .item(ToolCall.function("c2", "weather", "{\"city\":\"Rome\"}")).toolOutput("c1", "wet")
                .toolOutput("c2", "dry").assistant("Oslo."));

        assertThat(new JsonArray(messages)).isEqualTo(new JsonArray("""
                [{"role":"user","content":"Rain?"},
                 {"role":"assistant","reasoning_content":"Look it up","content":"I look.","tool_calls":[
                  {"id":"c1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Oslo\\"}"}},
                  {"id":"c2","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Rome\\"}"}}]},
                 {"role":"tool","tool_call_id":"c1","content":"wet"},
                 {"role":"tool","tool_call_id":"c2","content":"dry"},
                 {"role":"assistant","content":"Oslo."}]"""));
    }

    @Test
    void calls_without_text_have_null_content() {
        assertThat(messages(request().item(ToolCall.function("c", "f", "{}")).toolOutput("c", "ok")))
                .startsWith("[{\"role\":\"assistant\",\"content\":null,\"tool_calls\":");
    }

    @Test
    void two_texts_of_one_turn_stay_two_parts() {
        JsonObject body = body(request().assistant("a").assistant("b").build(), Preset.OPENAI);

        assertThat(body.getJsonArray("messages")).isEqualTo(new JsonArray("""
                [{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]"""));
    }

    @Test
    void calls_after_outputs_are_a_turn_of_their_own() {
        JsonArray messages = new JsonArray(messages(request().item(ToolCall.function("c1", "f", "{}")).toolOutput("c1", "1")
                .item(ToolCall.function("c2", "f", "{}")).toolOutput("c2", "2")));

        assertThat(messages.stream().map(message -> ((JsonObject) message).getString("role")))
                .containsExactly("assistant", "tool", "assistant", "tool");
    }

    @Test
    void openai_takes_no_reasoning_back() {
        assertThat(text(request().item(Reasoning.of("hm")).assistant("a").build(), Preset.OPENAI)).doesNotContain("hm");
    }

    @Test
    void a_refusal_goes_back_in_its_field_or_as_the_text_it_was() {
        Message refusal = Message.of(Role.ASSISTANT, List.of(new Content.Refusal("I will not.")));

        assertThat(text(request().item(refusal).build(), Preset.OPENAI))
                .contains("{\"role\":\"assistant\",\"refusal\":\"I will not.\",\"content\":null}");
        assertThat(messages(request().item(refusal)))
                .isEqualTo("[{\"role\":\"assistant\",\"content\":\"I will not.\"}]");
    }

    @Test
    void images_files_and_audio_are_parts() {
        String messages = messages(request().user(Content.text("Look"),
                Content.image("https://example.com/a.png").withDetail("low"),
                Content.file("a.pdf", "application/pdf", new byte[] { 1 }), Content.audio("wav", new byte[] { 2 })));

        assertThat(new JsonArray(messages)).isEqualTo(new JsonArray("""
                [{"role":"user","content":[{"type":"text","text":"Look"},
                 {"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}},
                 {"type":"file","file":{"file_data":"data:application/pdf;base64,AQ==","filename":"a.pdf"}},
                 {"type":"input_audio","input_audio":{"data":"Ag==","format":"wav"}}]}]"""));
    }

    @Test
    void an_image_in_a_tool_output_follows_the_outputs_as_the_users() {
        JsonArray messages = new JsonArray(messages(request().item(ToolCall.function("c1", "shot", "{}"))
                .item(ToolCall.function("c2", "f", "{}"))
                .item(ToolOutput.of("c1", List.of(Content.text("here"), Content.image("data:image/png;base64,AA=="))))
                .toolOutput("c2", "ok").assistant("I see.")));

        assertThat(messages.stream().map(message -> ((JsonObject) message).getString("role")))
                .containsExactly("assistant", "tool", "tool", "user", "assistant");
        assertThat(messages.getJsonObject(3).encode()).contains("image_url");
    }

    @Test
    void a_cut_call_that_nobody_answered_stays_out() {
        ToolCall cut = ToolCall.builder("c", "f").arguments("{\"a\":").status(ItemStatus.INCOMPLETE).build();

        assertThat(messages(request().user("Hi").assistant("Well").item(cut).user("Again")))
                .doesNotContain("tool_calls");
    }

    @Test
    void tools_and_choices_are_nested_under_their_type() {
        JsonObject body = body(request().user("Hi").tool(WEATHER).tool(Tool.function("ping", "Pings"))
                .tool(new Tool.Custom("sql", Optional.empty(), Optional.of(RawJson
                        .of("{\"type\":\"grammar\",\"syntax\":\"regex\",\"definition\":\"x+\"}"))))
                .toolChoice(ToolChoice.function("weather")).parallelToolCalls(false).build(), Preset.OPENAI);

        assertThat(body.getJsonArray("tools")).isEqualTo(new JsonArray("""
                [{"type":"function","function":{"name":"weather","description":"Weather of a city",
                  "parameters":{"type":"object","properties":{"city":{"type":"string"}}}}},
                 {"type":"function","function":{"name":"ping","description":"Pings",
                  "parameters":{"type":"object","properties":{}}}},
                 {"type":"custom","custom":{"name":"sql",
                  "format":{"type":"grammar","grammar":{"syntax":"regex","definition":"x+"}}}}]"""));
        assertThat(body.getJsonObject("tool_choice"))
                .isEqualTo(new JsonObject("{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}"));
        assertThat(body.getBoolean("parallel_tool_calls")).isFalse();
    }

    @Test
    void allowed_tools_keep_their_mode() {
        ToolChoice choice = new ToolChoice.Allowed(ToolChoice.Mode.REQUIRED, List.of(new ToolChoice.Function("weather")));

        assertThat(body(request().user("Hi").tool(WEATHER).toolChoice(choice).build(), Preset.OPENAI)
                .getJsonObject("tool_choice"))
                .isEqualTo(new JsonObject("""
                        {"type":"allowed_tools","allowed_tools":{"mode":"required",
                         "tools":[{"type":"function","function":{"name":"weather"}}]}}"""));
    }

    @Test
    void a_choice_among_no_tools_is_not_sent() {
        assertThat(text(request().user("Hi").toolChoice(ToolChoice.AUTO).parallelToolCalls(true).build()))
                .doesNotContain("tool_choice").doesNotContain("parallel_tool_calls");
    }

    @Test
    void aChoiceAmongTheToolsOfTheExtraBodyIsSent() {
        assertThat(text(request().user("Hi").toolChoice(ToolChoice.REQUIRED).extraBody("tools", RawJson.of("[{}]")).build()))
                .endsWith(",\"tool_choice\":\"required\",\"tools\":[{}]}");
    }

    @Test
    void namesOfMetadataAreOfAnyCharacters() {
        assertThat(body(request().user("Hi").metadata("é😀", "😀").build()).getJsonObject("metadata"))
                .isEqualTo(new JsonObject().put("é😀", "😀"));
    }

    @Test
    void a_demanded_call_of_no_tools_is_refused() {
        assertThatThrownBy(() -> text(request().user("Hi").toolChoice(ToolChoice.REQUIRED).build()))
                .isInstanceOf(LlmBadRequestException.class).hasMessageContaining("offers no tools");
    }

    @Test
    void a_json_schema_is_nested() {
        assertThat(text(request().user("Hi").outputFormat(OutputFormat.jsonSchema("answer", RawJson.of("{ \"a\": 1.0 }")))
                .build(), Preset.OPENAI)).contains("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                        + "{\"name\":\"answer\",\"schema\":{ \"a\": 1.0 },\"strict\":true}}");
        assertThat(text(request().user("Hi").outputFormat(OutputFormat.JSON).build()))
                .contains("\"response_format\":{\"type\":\"json_object\"}");
    }

    @Test
    void what_only_the_responses_api_has_is_refused_by_name() {
        assertUnsupported(request().previousResponseId("resp_1"), "previous_response_id");
        assertUnsupported(request().conversation("conv_1"), "conversations kept by the server");
        assertUnsupported(request().background(true), "background responses");
        assertUnsupported(request().truncation("auto"), "truncation=auto");
        assertUnsupported(request().include("file_search_call.results"), "include=file_search_call.results");
        assertUnsupported(request().tool(new Tool.Opaque("web_search", RawJson.of("{\"type\":\"web_search\"}"))),
                "the hosted tool 'web_search'");
        assertUnsupported(request().tool(new Tool.Namespace("mcp", "", List.of())), "tools in a namespace ('mcp')");
        assertUnsupported(request().item(new ItemReference("msg_1")), "references to stored items ('msg_1')");
        assertUnsupported(request().item(new OpaqueItem("mcp_call", RawJson.of("{}"))), "items of type 'mcp_call'");
        assertUnsupported(request().user(new Content.Image(Optional.empty(), Optional.of("file_1"), Optional.empty())),
                "an image by its file id: give its url or its bytes");
    }

    @Test
    void whatIsSupportedOrJustWrongIsNotCalledUnsupported() {
        assertThat(new ChatCodec(settings().build()).unsupported(LlmRequest.of("Hi"))).isEmpty();
        assertThat(new ChatCodec(settings().build()).unsupported(request().toolChoice(ToolChoice.REQUIRED).build())).isEmpty();
    }

    @Test
    void whatTheExtraBodyWritesInsteadIsNotLookedAt() {
        LlmRequest request = request().item(new ItemReference("msg_1")).extraBody("messages", RawJson.of("[]")).build();

        assertThat(new ChatCodec(settings().build()).unsupported(request)).isEmpty();
        assertThat(text(request)).isEqualTo("{\"model\":\"configured-model\",\"messages\":[]}");
    }

    private static void assertUnsupported(LlmRequest.Builder request, String feature) {
        assertThat(new ChatCodec(settings().build()).unsupported(request.build())).contains(feature);
        assertThatThrownBy(() -> text(request.user("Hi").build())).isInstanceOfSatisfying(LlmUnsupportedException.class,
                failure -> assertThat(failure.feature()).isEqualTo(feature)).hasMessageContaining("Chat Completions");
    }

    @Test
    void the_next_turn_loses_nothing_and_begins_with_the_same_bytes() {
        LlmRequest first = request().instructions("Be brief").user("Rain in Oslo?").tool(WEATHER).build();
        LlmResponse response = Decoding.ofEvents(
                "{\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"}}]}",
                "{\"choices\":[{\"delta\":{\"content\":\"I look.\"}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"weather\",\"arguments\":\"{ }\"}}]}}]}",
                "[DONE]");
        String callId = response.toolCalls().get(0).callId();

        LlmRequest second = first.toBuilder().append(response).toolOutput(callId, "21 degrees").build();
        LlmRequest third = second.toBuilder().append(Decoding.ofEvents("{\"choices\":[{\"delta\":{\"content\":\"No\"}}]}",
                "[DONE]")).user("And Rome?").build();

        String firstMessages = body(first).getJsonArray("messages").encode();
        String secondMessages = body(second).getJsonArray("messages").encode();
        assertThat(secondMessages).startsWith(firstMessages.substring(0, firstMessages.length() - 1))
                .contains("\"reasoning_content\":\"hm\"", "I look.", "\"id\":\"" + callId + "\"", "\"arguments\":\"{ }\"");
        assertThat(body(third).getJsonArray("messages").encode())
                .startsWith(secondMessages.substring(0, secondMessages.length() - 1));
        assertThat(text(third)).isEqualTo(text(third.toBuilder().build()));
    }

    @Test
    void items_of_a_response_with_times_and_ids_encode_like_those_made_by_hand() {
        LlmResponse response = LlmResponse.builder().id("r").model("m").createdAt(Instant.EPOCH)
                .item(Message.assistant("a").withId("msg_1").withStatus(ItemStatus.COMPLETED)).build();

        assertThat(messages(request().append(response))).isEqualTo(messages(request().assistant("a")));
    }
}
