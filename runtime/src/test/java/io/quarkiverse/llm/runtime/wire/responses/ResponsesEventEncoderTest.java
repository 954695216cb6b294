package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemStarted;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmEvent.TextDelta;
import io.quarkiverse.llm.LlmEvent.UnknownEvent;
import io.quarkiverse.llm.LlmQuotaException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.scripted.grammar.ResponsesGrammar;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class ResponsesEventEncoderTest {

    private static final Message HELLO = message(Content.text("Hello"));

    private static Message message(Content... content) {
        return Message.of(Role.ASSISTANT, List.of(content)).withId("msg_1").withStatus(ItemStatus.COMPLETED);
    }

    private static ToolCall call(ToolCall.Kind kind, String arguments, ItemStatus status) {
        return ToolCall.builder("call_1", "weather").id("fc_1").kind(kind).arguments(arguments).status(status).build();
    }

    @Test
    void a_text_comes_in_the_events_of_openai() {
        List<JsonObject> events = Encoding.of(CanonicalStream.of(HELLO));

        assertThat(Encoding.types(events)).containsExactly("created", "in_progress", "output_item.added", "content_part.added",
                "output_text.delta", "output_text.done", "content_part.done", "output_item.done", "completed");
        assertThat(events.get(2)).isEqualTo(new JsonObject("""
                {"type": "response.output_item.added", "sequence_number": 2, "output_index": 0,
                 "item": {"id": "msg_1", "type": "message", "status": "in_progress", "content": [], "role": "assistant"}}"""));
        assertThat(events.get(3)).isEqualTo(new JsonObject("""
                {"type": "response.content_part.added", "sequence_number": 3, "item_id": "msg_1", "output_index": 0,
                 "content_index": 0, "part": {"type": "output_text", "annotations": [], "logprobs": [], "text": ""}}"""));
        assertThat(events.get(4)).isEqualTo(new JsonObject("""
                {"type": "response.output_text.delta", "sequence_number": 4, "item_id": "msg_1", "output_index": 0,
                 "content_index": 0, "delta": "Hello", "logprobs": []}"""));
        assertThat(events.get(5)).isEqualTo(new JsonObject("""
                {"type": "response.output_text.done", "sequence_number": 5, "item_id": "msg_1", "output_index": 0,
                 "content_index": 0, "text": "Hello", "logprobs": []}"""));
        assertThat(events.get(7).getJsonObject("item")).isEqualTo(new JsonObject("""
                {"id": "msg_1", "type": "message", "status": "completed", "role": "assistant",
                 "content": [{"type": "output_text", "annotations": [], "logprobs": [], "text": "Hello"}]}"""));
        assertThat(events.get(8).getJsonObject("response").getJsonArray("output"))
                .isEqualTo(new JsonArray().add(events.get(7).getJsonObject("item")));
    }

    @Test
    void any_character_arrives() {
        String text = "\"\\\n\u0000é€😀</script>\u2028" + "\ud83d";

        List<JsonObject> events = Encoding.of(CanonicalStream.of(message(Content.text(text))));

        assertThat(Encoding.ofType(events, "output_text.done").get(0).getString("text")).isEqualTo(text);
    }

    @Test
    void text_has_its_annotations_and_logprobs_in_each_place_where_they_belong() {
        RawJson logprobs = RawJson.of("[{\"token\":\"Hello\",\"logprob\":-0.10}]");
        RawJson citation = RawJson.of("{\"type\":\"url_citation\",\"url\":\"https://a.example\",\n\"start_index\":0}");
        Content.Text text = new Content.Text("Hello", List.of(new Annotation("url_citation", citation)), Optional.of(logprobs));

        List<JsonObject> events = Encoding.of(CanonicalStream.of(message(text)));

        JsonObject delta = Encoding.ofType(events, "output_text.delta").get(0);
        assertThat(delta.getJsonArray("logprobs")).isEqualTo(logprobs.toJsonArray());
        JsonObject annotation = Encoding.ofType(events, "output_text.annotation.added").get(0);
        assertThat(annotation.getJsonObject("annotation")).isEqualTo(citation.toJsonObject());
        assertThat(annotation.getInteger("annotation_index")).isZero();
        assertThat(Encoding.ofType(events, "output_text.done").get(0).getJsonArray("logprobs"))
                .isEqualTo(logprobs.toJsonArray());
        JsonObject part = Encoding.ofType(events, "content_part.done").get(0).getJsonObject("part");
        assertThat(part.getJsonArray("annotations")).isEqualTo(new JsonArray().add(citation.toJsonObject()));
        assertThat(part.getJsonArray("logprobs")).isEqualTo(logprobs.toJsonArray());
    }

    @Test
    void a_refusal_is_a_part_of_its_own_after_the_text() {
        List<JsonObject> events = Encoding.of(CanonicalStream.of(message(Content.text("Well"), new Content.Refusal("No"))));

        assertThat(Encoding.types(events)).containsSubsequence("output_text.done", "content_part.done", "content_part.added",
                "refusal.delta", "refusal.done", "content_part.done", "output_item.done");
        assertThat(Encoding.ofType(events, "content_part.done").get(1).getJsonObject("part"))
                .isEqualTo(new JsonObject("{\"type\": \"refusal\", \"refusal\": \"No\"}"));
        assertThat(Encoding.ofType(events, "refusal.done").get(0).getInteger("content_index")).isOne();
    }

    @Test
    void an_empty_text_has_a_part_without_deltas() {
        List<JsonObject> events = Encoding.of(CanonicalStream.of(message(Content.text(""))));

        assertThat(Encoding.types(events)).containsSubsequence("content_part.added", "output_text.done", "content_part.done")
                .doesNotContain("output_text.delta");
    }

    @Test
    void a_message_keeps_its_phase_and_has_no_null() {
        List<JsonObject> events = Encoding.of(CanonicalStream.of(HELLO.withPhase("commentary")));

        assertThat(Encoding.ofType(events, "output_item.added").get(0).getJsonObject("item").getString("phase"))
                .isEqualTo("commentary");
        assertThat(Encoding.ofType(Encoding.of(CanonicalStream.of(HELLO)), "output_item.done").get(0).getJsonObject("item")
                .fieldNames()).doesNotContain("phase");
    }

    @Test
    void a_summary_of_reasoning_comes_in_parts() {
        Reasoning reasoning = new Reasoning(Optional.of("rs_1"), Optional.empty(), List.of("One", "Two"), List.of(),
                Optional.of("gAAAA"));

        List<JsonObject> events = Encoding.of(CanonicalStream.of(reasoning));

        assertThat(Encoding.types(events)).containsExactly("created", "in_progress", "output_item.added",
                "reasoning_summary_part.added", "reasoning_summary_text.delta", "reasoning_summary_text.done",
                "reasoning_summary_part.done", "reasoning_summary_part.added", "reasoning_summary_text.delta",
                "reasoning_summary_text.done", "reasoning_summary_part.done", "output_item.done", "completed");
        assertThat(events.get(2).getJsonObject("item")).isEqualTo(new JsonObject("""
                {"id": "rs_1", "type": "reasoning", "summary": [], "encrypted_content": "gAAAA"}"""));
        assertThat(events.get(10)).isEqualTo(new JsonObject("""
                {"type": "response.reasoning_summary_part.done", "sequence_number": 10, "item_id": "rs_1", "output_index": 0,
                 "summary_index": 1, "part": {"type": "summary_text", "text": "Two"}}"""));
    }

    @Test
    void reasoning_itself_is_content() {
        Reasoning reasoning = Reasoning.of("Hm").withId("rs_1").withStatus(ItemStatus.COMPLETED);

        List<JsonObject> events = Encoding.of(CanonicalStream.of(reasoning));

        assertThat(Encoding.types(events)).containsSubsequence("output_item.added", "content_part.added",
                "reasoning_text.delta", "reasoning_text.done", "content_part.done", "output_item.done");
        assertThat(Encoding.ofType(events, "content_part.done").get(0).getJsonObject("part"))
                .isEqualTo(new JsonObject("{\"type\": \"reasoning_text\", \"text\": \"Hm\"}"));
        assertThat(Encoding.ofType(events, "output_item.done").get(0).getJsonObject("item")).isEqualTo(new JsonObject("""
                {"id": "rs_1", "type": "reasoning", "status": "completed", "summary": [],
                 "content": [{"type": "reasoning_text", "text": "Hm"}]}"""));
    }

    @Test
    void hidden_reasoning_begins_and_ends() {
        Reasoning hidden = new Reasoning(Optional.of("rs_1"), Optional.empty(), List.of(), List.of(), Optional.empty());

        List<JsonObject> events = Encoding.of(CanonicalStream.of(hidden));

        assertThat(Encoding.types(events)).containsExactly("created", "in_progress", "output_item.added", "output_item.done",
                "completed");
    }

    @Test
    void a_function_call_has_its_name_where_openai_promises_it() {
        List<JsonObject> events = Encoding
                .of(CanonicalStream.of(call(ToolCall.Kind.FUNCTION, "{\"a\":1}", ItemStatus.COMPLETED)));

        assertThat(Encoding.types(events)).containsExactly("created", "in_progress", "output_item.added",
                "function_call_arguments.delta", "function_call_arguments.done", "output_item.done", "completed");
        assertThat(events.get(2).getJsonObject("item")).isEqualTo(new JsonObject("""
                {"id": "fc_1", "type": "function_call", "status": "in_progress", "arguments": "", "call_id": "call_1",
                 "name": "weather"}"""));
        assertThat(events.get(4)).isEqualTo(new JsonObject("""
                {"type": "response.function_call_arguments.done", "sequence_number": 4, "item_id": "fc_1", "output_index": 0,
                 "name": "weather", "arguments": "{\\"a\\":1}"}"""));
        assertThat(events.get(5).getJsonObject("item")).isEqualTo(new JsonObject("""
                {"id": "fc_1", "type": "function_call", "status": "completed", "arguments": "{\\"a\\":1}", "call_id": "call_1",
                 "name": "weather"}"""));
    }

    @Test
    void a_custom_call_has_input() {
        List<JsonObject> events = Encoding.of(CanonicalStream.of(call(ToolCall.Kind.CUSTOM, "SELECT", ItemStatus.COMPLETED)));

        assertThat(Encoding.types(events)).containsSubsequence("output_item.added", "custom_tool_call_input.delta",
                "custom_tool_call_input.done", "output_item.done");
        assertThat(Encoding.ofType(events, "custom_tool_call_input.done").get(0)).isEqualTo(new JsonObject("""
                {"type": "response.custom_tool_call_input.done", "sequence_number": 4, "item_id": "fc_1", "output_index": 0,
                 "input": "SELECT"}"""));
        assertThat(events.get(2).getJsonObject("item").getString("input")).isEmpty();
    }

    @Test
    void a_call_that_was_cut_ends_with_what_came_and_so_does_the_response() {
        List<JsonObject> events = Encoding
                .of(CanonicalStream.of(call(ToolCall.Kind.FUNCTION, "{\"a\"", ItemStatus.INCOMPLETE)));

        assertThat(Encoding.types(events)).endsWith("function_call_arguments.done", "output_item.done", "incomplete");
        assertThat(Encoding.ofType(events, "output_item.done").get(0).getJsonObject("item").getString("status"))
                .isEqualTo("incomplete");
        assertThat(events.get(events.size() - 1).getJsonObject("response").getJsonObject("incomplete_details"))
                .isEqualTo(new JsonObject("{\"reason\": \"max_output_tokens\"}"));
    }

    @Test
    void an_item_of_a_hosted_tool_is_as_it_was_and_its_events_get_our_numbers() {
        RawJson json = RawJson.of("{\"id\":\"ws_1\",\"type\":\"web_search_call\",\n\"status\":\"completed\",\"n\":1.50}");

        Encoding encoding = new Encoding(Encoding.REQUEST);
        CanonicalStream.of(new OpaqueItem("web_search_call", json)).forEach(encoding.encoder);

        assertThat(ResponsesGrammar.violations(encoding.events)).isEmpty();
        assertThat(encoding.events.get(3)).isEqualTo(new JsonObject("""
                {"type": "response.web_search_call.searching", "sequence_number": 3, "output_index": 0, "item_id": "ws_1"}"""));
        assertThat(encoding.lines.get(4)).contains("\"status\":\"completed\",\"n\":1.50}");
    }

    @Test
    void an_unknown_event_that_is_no_object_is_left_out() {
        Encoding encoding = new Encoding(Encoding.REQUEST);
        encoding.encoder.accept(new ResponseStarted("resp_1", "gpt-5", Instant.ofEpochSecond(1)));
        encoding.encoder.accept(new UnknownEvent("keepalive", RawJson.of("null")));

        assertThat(Encoding.types(encoding.events)).containsExactly("created", "in_progress");
    }

    @Test
    void a_failure_is_told_in_both_forms_and_then_as_a_failed_response_with_the_items_that_were_done() {
        Encoding encoding = new Encoding(Encoding.REQUEST);
        List<LlmEvent> events = CanonicalStream.of(HELLO);
        events.subList(0, events.size() - 1).forEach(encoding.encoder);
        encoding.encoder.accept(new ItemStarted("msg_2", 1, HELLO.withId("msg_2")));
        encoding.encoder.accept(new TextDelta("msg_2", 1, 0, "And", Optional.empty()));

        encoding.encoder.fail(new LlmQuotaException("Provider \"x\" broke off with an error: You exceeded your quota",
                LlmErrorDetails.builder().provider("x").message("You exceeded your quota").code("insufficient_quota")
                        .type("insufficient_quota").build()));

        assertThat(ResponsesGrammar.violationsOfCarefulServer(encoding.events)).isEmpty();
        int size = encoding.events.size();
        assertThat(encoding.events.get(size - 2)).isEqualTo(new JsonObject("""
                {"type": "error", "sequence_number": %d, "code": "insufficient_quota", "message": "You exceeded your quota",
                 "param": null, "error": {"type": "insufficient_quota", "code": "insufficient_quota",
                 "message": "You exceeded your quota", "param": null}}""".formatted(size - 2)));
        JsonObject response = encoding.events.get(size - 1).getJsonObject("response");
        assertThat(response.getString("status")).isEqualTo("failed");
        assertThat(response.getJsonObject("error")).isEqualTo(new JsonObject("""
                {"code": "insufficient_quota", "message": "You exceeded your quota"}"""));
        assertThat(response.getJsonArray("output")).hasSize(1);
        assertThat(encoding.encoder.isComplete()).isTrue();
    }

    @Test
    void a_failure_before_the_first_event_has_a_response_of_its_own() {
        Encoding encoding = new Encoding(Encoding.REQUEST);

        encoding.encoder.fail(new LlmTransportException("No connection", LlmErrorDetails.of("x"), null));

        assertThat(Encoding.types(encoding.events)).containsExactly("created", "in_progress", "error", "failed");
        assertThat(ResponsesGrammar.violationsOfCarefulServer(encoding.events)).isEmpty();
        assertThat(encoding.events.get(2).getString("code")).isEqualTo("server_error");
    }

    @Test
    void nothing_comes_after_the_end() {
        Encoding encoding = new Encoding(Encoding.REQUEST);
        CanonicalStream.of(HELLO).forEach(encoding.encoder);

        encoding.encoder.fail(new LlmTransportException("Too late", LlmErrorDetails.of("x"), null));

        assertThat(Encoding.types(encoding.events)).endsWith("completed");
    }

    @Test
    void events_of_an_item_that_has_not_begun_are_a_bug_of_the_provider() {
        Encoding encoding = new Encoding(Encoding.REQUEST);
        encoding.encoder.accept(new ResponseStarted("resp_1", "gpt-5", Instant.ofEpochSecond(1)));

        assertThatThrownBy(() -> encoding.encoder.accept(new TextDelta("msg_1", 0, 0, "Hi", Optional.empty())))
                .isInstanceOf(IllegalStateException.class).hasMessage("The item msg_1 is not open");
    }

    @Test
    void both_announcements_echo_the_request_and_have_no_end() {
        Encoding encoding = new Encoding(LlmRequest.builder().model("gpt-5").user("Hi").instructions("Be brief").build());
        CanonicalStream.of(HELLO).forEach(encoding.encoder);

        JsonObject created = encoding.events.get(0).getJsonObject("response");
        assertThat(created.getString("instructions")).isEqualTo("Be brief");
        assertThat(created.getString("service_tier")).isEqualTo("auto");
        assertThat(created.getValue("usage")).isNull();
        assertThat(created.getValue("completed_at")).isNull();
        assertThat(encoding.events.get(1).getJsonObject("response")).isEqualTo(created);
    }

    @Test
    void a_response_that_learns_its_id_and_time_late_keeps_those_it_began_with() {
        List<LlmEvent> events = new ArrayList<>(CanonicalStream.of(HELLO));
        events.set(0, new ResponseStarted("resp_made", "gpt-5", Instant.ofEpochSecond(1)));

        JsonObject response = Encoding.of(events).get(8).getJsonObject("response");

        assertThat(response.getString("id")).isEqualTo("resp_made");
        assertThat(response.getLong("created_at")).isEqualTo(1);
    }
}
