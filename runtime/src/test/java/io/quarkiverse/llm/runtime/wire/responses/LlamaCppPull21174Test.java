package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What the tests of github.com/ggml-org/llama.cpp/pull/21174 ask of a server of the Responses API in front of llama.cpp, one
 * test for each of theirs. Where they differ from OpenAI (defaults of {@code store} and {@code parallel_tool_calls}, a usage
 * before there is one) OpenAI counts.
 */
class LlamaCppPull21174Test {

    private static final LlmResponse ANSWER = CanonicalStream
            .response(List.of(Message.assistant("Suddenly, a book.").withId("msg_1").withStatus(ItemStatus.COMPLETED)));
    private static final String INPUT = """
            "input": [{"role": "system", "content": "Book"}, {"role": "user", "content": "What is the best book"}],
            "max_output_tokens": 8, "temperature": 0.8""";

    private static ReceivedRequest received(String fields) {
        ReceivedRequest received = ResponsesRequestDecoderTest.decode("{\"model\":\"gpt-4.1\"," + fields + "}");
        assertThat(received.degradations()).isEmpty();
        return received;
    }

    private static JsonObject answer(String fields) {
        return new JsonObject(new String(new ResponsesServerCodec(ReasoningDialect.SUMMARY).encode(received(fields), ANSWER),
                StandardCharsets.UTF_8));
    }

    private static List<JsonObject> stream(String fields) {
        List<JsonObject> events = new ArrayList<>();
        CanonicalStream.of(ANSWER, new Random(1)).forEach(new ResponsesServerCodec(ReasoningDialect.SUMMARY).encoder(
                received(fields), (type, json, offset, length) -> events
                        .add(new JsonObject(new String(json, offset, length, StandardCharsets.UTF_8)))));
        return events;
    }

    /** The messages that llama.cpp gets. */
    private static JsonArray messages(String fields) {
        byte[] body = new ChatCodec(TestSettings.of("http://localhost").preset(Preset.LLAMA_CPP).build())
                .encode(received(fields).request(), true);
        return new JsonObject(new String(body, StandardCharsets.UTF_8)).getJsonArray("messages");
    }

    private static JsonObject last(List<JsonObject> events) {
        return events.get(events.size() - 1).getJsonObject("response");
    }

    private static String deltas(List<JsonObject> events) {
        return Encoding.ofType(events, "output_text.delta").stream().map(event -> event.getString("delta"))
                .collect(Collectors.joining());
    }

    @Test
    void test_responses_with_openai_library() {
        JsonObject answer = answer(INPUT);

        assertThat(answer.getString("id")).startsWith("resp_");
        assertThat(answer.getJsonArray("output").getJsonObject(0).getString("id")).startsWith("msg_");
        assertThat(answer.getString("output_text")).isEqualTo("Suddenly, a book.");
    }

    @Test
    void test_responses_stream_with_openai_library() {
        List<JsonObject> events = stream(INPUT + ",\"stream\":true");

        assertThat(events).filteredOn(event -> event.containsKey("response"))
                .allMatch(event -> event.getJsonObject("response").getString("id").equals("resp_1"));
        assertThat(events).filteredOn(event -> event.containsKey("item_id"))
                .allMatch(event -> event.getString("item_id").equals("msg_1"));
        assertThat(events).filteredOn(event -> event.containsKey("item"))
                .allMatch(event -> event.getJsonObject("item").getString("id").equals("msg_1"));
        assertThat(last(events).getString("output_text")).isEqualTo(deltas(events));
    }

    @Test
    void test_responses_schema_fields() {
        JsonObject answer = answer("\"input\":\"Book\"");

        assertThat(answer.getJsonObject("usage").getJsonObject("input_tokens_details").getInteger("cached_tokens"))
                .isEqualTo(5);
        assertThat(answer.getJsonObject("usage").getJsonObject("output_tokens_details").getInteger("reasoning_tokens"))
                .isEqualTo(7);
        assertThat(answer.getMap()).containsAllEntriesOf(new JsonObject("""
                {"incomplete_details": null, "previous_response_id": null, "instructions": null, "error": null,
                 "tool_choice": "auto", "truncation": "disabled", "parallel_tool_calls": true, "top_p": 1.0,
                 "temperature": 1.0, "presence_penalty": 0.0, "frequency_penalty": 0.0, "top_logprobs": 0,
                 "max_output_tokens": null, "store": true, "service_tier": "default", "background": false,
                 "safety_identifier": null, "prompt_cache_key": null, "max_tool_calls": null}""").getMap());
        assertThat(answer.getJsonArray("tools")).isEmpty();
        assertThat(answer.getJsonObject("text")).isEqualTo(new JsonObject("{\"format\": {\"type\": \"text\"}}"));
        assertThat(answer.getJsonObject("reasoning")).isEqualTo(new JsonObject("{\"effort\": null, \"summary\": null}"));
        assertThat(answer.getJsonObject("metadata")).isEmpty();
    }

    @Test
    void test_responses_stream_schema_fields() {
        List<JsonObject> events = stream("\"input\":\"Book\",\"stream\":true");

        assertThat(Encoding.ofType(events, "output_text.done").get(0).getMap())
                .containsKeys("sequence_number", "content_index", "output_index", "logprobs");
        assertThat(Encoding.ofType(events, "content_part.done").get(0).getMap()).containsKeys("content_index", "output_index");
        assertThat(Encoding.ofType(events, "output_item.done").get(0).getMap()).containsKeys("output_index");
        assertThat(last(events).getMap()).containsKeys("metadata", "store", "truncation");
        assertThat(last(events).getJsonObject("usage").getJsonObject("output_tokens_details").getMap())
                .containsKey("reasoning_tokens");
    }

    /** What becomes of them is decided for the provider that is asked; here they are no reason to refuse. */
    @Test
    void test_responses_non_function_tool_skipped() {
        List<Tool> tools = received(INPUT + ",\"tools\":[{\"type\":\"web_search\"},{\"type\":\"code_interpreter\"}]").request()
                .tools();

        assertThat(tools).hasSize(2).allMatch(Tool.Opaque.class::isInstance);
    }

    @Test
    void test_responses_only_non_function_tools_same_as_no_tools() {
        String tools = ",\"tools\":[{\"type\":\"web_search\"},{\"type\":\"code_interpreter\"},{\"type\":\"file_search\"}]";

        assertThat(received(INPUT + tools).request().toBuilder().tools(List.of()).build()).isEqualTo(received(INPUT).request());
    }

    @Test
    void test_responses_extra_keys_stripped() {
        ReceivedRequest received = received(INPUT + """
                ,"store": true, "include": ["usage"], "prompt_cache_key": "test_key", "web_search": {"enabled": true},
                "text": {"format": {"type": "text"}}, "truncation": "auto", "metadata": {"key": "value"}""");

        assertThat(received.unknownFields()).containsOnlyKeys("web_search");
        assertThat(received.request().extraBody()).isEmpty();
        assertThat(received.request().input()).isEqualTo(received(INPUT).request().input());
    }

    @Test
    void test_responses_developer_role_merging() {
        String user = "{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"What is the best book\"}]}";
        JsonArray messages = messages(
                "\"input\":[{\"role\":\"system\",\"content\":[{\"type\":\"input_text\",\"text\":\"Book\"}]},"
                        + user
                        + ",{\"role\":\"developer\",\"content\":[{\"type\":\"input_text\",\"text\":\"Keep it short\"}]}]");

        assertThat(messages).hasSize(2);
        assertThat(messages.getJsonObject(0)).isEqualTo(new JsonObject()
                .put("role", "system").put("content", "Book\n\nKeep it short"));
    }

    @Test
    void test_responses_input_text_type_multi_turn() {
        assertThat(messages("""
                "input": [{"role": "user", "content": [{"type": "input_text", "text": "Hello"}]},
                          {"role": "assistant", "content": [{"type": "input_text", "text": "Hi there"}]},
                          {"role": "user", "content": [{"type": "input_text", "text": "How are you"}]}]""")
                .stream().map(message -> ((JsonObject) message).getString("content")))
                .containsExactly("Hello", "Hi there", "How are you");
    }

    @Test
    void test_responses_output_text_matches_content() {
        JsonObject answer = answer(INPUT);

        assertThat(answer.getString("output_text")).isNotEmpty().isEqualTo(answer.getJsonArray("output").getJsonObject(0)
                .getJsonArray("content").getJsonObject(0).getString("text"));
    }

    @Test
    void test_responses_stream_output_text_consistency() {
        List<JsonObject> events = stream(INPUT + ",\"stream\":true");

        assertThat(last(events).getString("output_text")).isNotEmpty().isEqualTo(deltas(events));
        assertThat(last(events).getJsonArray("output").getJsonObject(0).getJsonArray("content").getJsonObject(0)
                .getString("text")).isEqualTo(deltas(events));
    }

    @Test
    void test_responses_stream_created_event_has_full_response() {
        List<JsonObject> events = stream(INPUT + ",\"stream\":true");

        for (int i = 0; i < 2; i++) {
            JsonObject response = events.get(i).getJsonObject("response");
            assertThat(response.getMap()).containsEntry("status", "in_progress").containsEntry("object", "response")
                    .containsEntry("completed_at", null).containsEntry("truncation", "disabled").containsEntry("usage", null)
                    .containsKeys("id", "model", "metadata", "store", "tools");
            assertThat(response.getJsonArray("output")).isEmpty();
        }
    }

    @Test
    void test_responses_stream_all_events_have_sequence_number() {
        List<JsonObject> events = stream(INPUT + ",\"stream\":true");

        assertThat(events.stream().map(event -> event.getInteger("sequence_number")))
                .containsExactlyElementsOf(IntStream.range(0, events.size()).boxed().toList()).hasSizeGreaterThan(6);
    }

    @Test
    void test_responses_stream_delta_events_have_indices() {
        List<JsonObject> events = stream(INPUT + ",\"stream\":true");

        assertThat(Encoding.ofType(events, "output_item.added").get(0).getInteger("output_index")).isZero();
        for (String type : List.of("content_part.added", "output_text.delta")) {
            assertThat(Encoding.ofType(events, type).get(0).getInteger("output_index")).isZero();
            assertThat(Encoding.ofType(events, type).get(0).getInteger("content_index")).isZero();
        }
    }

    /** {@code test_responses_reasoning_content_array}, {@code _string}, {@code _null} and {@code _omitted}. */
    @ParameterizedTest
    @ValueSource(strings = { "\"content\":[{\"type\":\"reasoning_text\",\"text\":\"thinking\"}]",
            "\"content\":\"thinking\"", "\"content\":null,\"encrypted_content\":\"opaque_data_here\"", "\"id\":\"rs_1\"" })
    void test_responses_reasoning_content(String content) {
        JsonArray messages = messages(
                "\"input\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"type\":\"reasoning\",\"summary\":[],"
                        + content + "},{\"role\":\"assistant\",\"type\":\"message\",\"content\":[{\"type\":\"output_text\","
                        + "\"text\":\"Hello\"}]},{\"role\":\"user\",\"content\":\"How are you\"}]");

        assertThat(messages.stream().map(message -> ((JsonObject) message).getString("content")))
                .containsExactly("Hi", "Hello", "How are you");
        assertThat(messages.getJsonObject(1).getString("reasoning_content"))
                .isEqualTo(content.contains("thinking") ? "thinking" : null);
    }
}
