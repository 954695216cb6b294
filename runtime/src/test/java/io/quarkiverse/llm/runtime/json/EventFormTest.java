package io.quarkiverse.llm.runtime.json;

import static io.quarkiverse.llm.runtime.json.Form.assertForm;
import static io.quarkiverse.llm.runtime.json.Form.assertRefused;
import static io.quarkiverse.llm.runtime.json.Form.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;

class EventFormTest {

    @Test
    void theResponse() {
        assertEvent(new LlmEvent.ResponseStarted("resp_1", "gpt-5", Instant.ofEpochSecond(10)), """
                {"type":"response_started","response_id":"resp_1","model":"gpt-5","created_at":10}""");
        assertEvent(new LlmEvent.ResponseCompleted(
                LlmResponse.builder().id("resp_1").model("gpt-5").createdAt(Instant.ofEpochSecond(10)).build()), """
                        {"type":"response_completed","response":{"id":"resp_1","object":"response","created_at":10,\
                        "status":"completed","model":"gpt-5","output":[],"finish_reason":"stop"}}""");
    }

    @Test
    void aTypedAnswerIsReadAsJsonSinceTheFormDoesNotTellItsType() {
        record Place(String name) {
        }
        String form = "{\"type\":\"response_parsed\",\"value\":{\"name\":\"Oslo\"}}";

        assertThat(write(new LlmEvent.ResponseParsed<>(new Place("Oslo")))).isEqualTo(form);
        assertEvent(new LlmEvent.ResponseParsed<>(RawJson.of("{\"name\":\"Oslo\"}")), form);
    }

    @Test
    void items() {
        Message message = Message.of(Role.ASSISTANT, List.of()).withId("msg_1").withStatus(ItemStatus.IN_PROGRESS);
        String item = """
                "item_id":"msg_1","output_index":0,"item":{"type":"message","id":"msg_1","status":"in_progress",\
                "role":"assistant","content":[]}}""";
        assertEvent(new LlmEvent.ItemStarted("msg_1", 0, message), "{\"type\":\"item_started\"," + item);
        assertEvent(new LlmEvent.ItemComplete("msg_1", 0, message), "{\"type\":\"item_complete\"," + item);
    }

    @Test
    void text() {
        assertEvent(new LlmEvent.TextDelta("msg_1", 0, 0, "The ", Optional.empty()), """
                {"type":"text_delta","item_id":"msg_1","output_index":0,"content_index":0,"delta":"The "}""");
        assertEvent(new LlmEvent.TextDelta("msg_1", 0, 0, "sky", Optional.of(RawJson.of("[{\"logprob\":-1.0}]"))), """
                {"type":"text_delta","item_id":"msg_1","output_index":0,"content_index":0,"delta":"sky",\
                "logprobs":[{"logprob":-1.0}]}""");
        assertEvent(new LlmEvent.RefusalDelta("msg_1", 0, 1, "No"), """
                {"type":"refusal_delta","item_id":"msg_1","output_index":0,"content_index":1,"delta":"No"}""");
        assertEvent(new LlmEvent.AnnotationAdded("msg_1", 0, 0, 2,
                new Annotation("url_citation", RawJson.of("{\"type\":\"url_citation\",\"url\":\"u\"}"))), """
                        {"type":"annotation_added","item_id":"msg_1","output_index":0,"content_index":0,\
                        "annotation_index":2,"annotation":{"type":"url_citation","url":"u"}}""");
    }

    @Test
    void reasoning() {
        assertEvent(new LlmEvent.ReasoningDelta("rs_1", 0, LlmEvent.ReasoningDelta.Kind.SUMMARY, 1, "Hm"), """
                {"type":"reasoning_delta","item_id":"rs_1","output_index":0,"kind":"summary","part_index":1,"delta":"Hm"}""");
        assertEvent(new LlmEvent.ReasoningDelta("rs_1", 0, LlmEvent.ReasoningDelta.Kind.TEXT, 0, "Hm"), """
                {"type":"reasoning_delta","item_id":"rs_1","output_index":0,"kind":"text","part_index":0,"delta":"Hm"}""");
    }

    @Test
    void toolCalls() {
        assertEvent(new LlmEvent.ToolCallStart("fc_1", 1, ToolCall.Kind.FUNCTION, Optional.empty(), "weather", "call_1"), """
                {"type":"tool_call_start","item_id":"fc_1","output_index":1,"kind":"function","name":"weather",\
                "call_id":"call_1"}""");
        assertEvent(new LlmEvent.ToolCallStart("fc_1", 1, ToolCall.Kind.CUSTOM, Optional.of("os"), "shell", "call_1"), """
                {"type":"tool_call_start","item_id":"fc_1","output_index":1,"kind":"custom","namespace":"os","name":"shell",\
                "call_id":"call_1"}""");
        assertEvent(new LlmEvent.ToolCallArgumentsDelta("fc_1", 1, "call_1", "{\""), """
                {"type":"tool_call_arguments_delta","item_id":"fc_1","output_index":1,"call_id":"call_1","delta":"{\\""}""");
        assertEvent(new LlmEvent.ToolCallComplete("fc_1", 1, ToolCall.function("call_1", "weather", "{}")), """
                {"type":"tool_call_complete","item_id":"fc_1","output_index":1,\
                "call":{"type":"function_call","name":"weather","call_id":"call_1","arguments":"{}"}}""");
    }

    @Test
    void unknown() {
        assertEvent(new LlmEvent.UnknownEvent("response.heartbeat", RawJson.of("{\"n\":1}")), """
                {"type":"unknown_event","event_type":"response.heartbeat","json":{"n":1}}""");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertRefused(LlmEvent.class, "{}", "\"type\" is missing");
        assertRefused(LlmEvent.class, "{\"type\":\"response.created\"}",
                "\"type\" is no type of an event: \"response.created\"");
        assertRefused(LlmEvent.class, "{\"type\":\"text_delta\",\"item_id\":\"i\",\"output_index\":0,\"content_index\":0}",
                "\"delta\" is missing");
        assertRefused(LlmEvent.class, "{\"type\":\"reasoning_delta\",\"item_id\":\"i\",\"output_index\":0,\"kind\":\"x\"}",
                "\"kind\" must be summary or text");
        assertRefused(LlmEvent.class, """
                {"type":"tool_call_complete","item_id":"i","output_index":0,"call":{"role":"user"}}""",
                "\"call\" must be a function_call or a custom_tool_call");
    }

    private static void assertEvent(LlmEvent event, String json) {
        assertForm(event, LlmEvent.class, json);
    }
}
