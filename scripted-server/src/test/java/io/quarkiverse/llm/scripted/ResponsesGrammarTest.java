package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class ResponsesGrammarTest {

    private static final String STREAM = """
            {"type":"response.created","response":{"id":"r","status":"in_progress","output":[]}}
            {"type":"response.in_progress","response":{"id":"r","status":"in_progress","output":[]}}
            {"type":"response.output_item.added","output_index":0,"item":{"id":"m","type":"message",\
            "status":"in_progress","content":[],"role":"assistant"}}
            {"type":"response.content_part.added","item_id":"m","output_index":0,"content_index":0,\
            "part":{"type":"output_text","text":"","annotations":[]}}
            {"type":"response.output_text.delta","item_id":"m","output_index":0,"content_index":0,"delta":"Hel"}
            {"type":"response.output_text.delta","item_id":"m","output_index":0,"content_index":0,"delta":"lo"}
            {"type":"response.output_text.done","item_id":"m","output_index":0,"content_index":0,"text":"Hello"}
            {"type":"response.content_part.done","item_id":"m","output_index":0,"content_index":0,\
            "part":{"type":"output_text","text":"Hello","annotations":[]}}
            {"type":"response.output_item.done","output_index":0,"item":{"id":"m","type":"message","status":"completed",\
            "content":[{"type":"output_text","text":"Hello","annotations":[]}],"role":"assistant"}}
            {"type":"response.output_item.added","output_index":1,"item":{"id":"f","type":"function_call",\
            "status":"in_progress","call_id":"c","name":"n","arguments":""}}
            {"type":"response.function_call_arguments.delta","item_id":"f","output_index":1,"delta":"{}"}
            {"type":"response.function_call_arguments.done","item_id":"f","output_index":1,"arguments":"{}"}
            {"type":"response.output_item.done","output_index":1,"item":{"id":"f","type":"function_call",\
            "status":"completed","call_id":"c","name":"n","arguments":"{}"}}
            {"type":"response.completed","response":{"id":"r","status":"completed","usage":{},"output":[]}}
            """;

    private static List<JsonObject> stream() {
        List<JsonObject> events = numbered(STREAM.lines().map(JsonObject::new).toList());
        events.get(13).getJsonObject("response").put("output",
                new JsonArray().add(events.get(8).getJsonObject("item").copy())
                        .add(events.get(12).getJsonObject("item").copy()));
        return events;
    }

    private static List<JsonObject> numbered(List<JsonObject> events) {
        IntStream.range(0, events.size()).forEach(i -> events.get(i).put("sequence_number", i));
        return new ArrayList<>(events);
    }

    private static List<JsonObject> without(int event) {
        List<JsonObject> events = stream();
        events.remove(event);
        return numbered(events);
    }

    private static Arguments fault(String violation, Consumer<List<JsonObject>> edit) {
        List<JsonObject> events = stream();
        edit.accept(events);
        return Arguments.of(violation, events);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("event 0 is response.in_progress", without(0)),
                Arguments.of("response.content_part.added is of no item", without(2)),
                Arguments.of("outside of a part of it", without(3)),
                Arguments.of("ends as \"Hello\" and came as \"lo\"", without(4)),
                Arguments.of("has a part that is not its text", without(6)),
                Arguments.of("is done with an open part", without(7)),
                Arguments.of("message m is not done", without(8)),
                Arguments.of("is done and its arguments are not", without(11)),
                Arguments.of("the stream has no last event", without(13)),
                fault("response.output_text.delta has the number 7 instead of 4",
                        events -> events.get(4).put("sequence_number", 7)),
                fault("item 1 is added at 2", events -> events.get(9).put("output_index", 2)),
                fault("an item has no id of its own", events -> events.get(9).getJsonObject("item").put("id", "m")),
                fault("names the item x instead of message m", events -> events.get(4).put("item_id", "x")),
                fault("has part 0 added at 1", events -> events.get(3).put("content_index", 1)),
                fault("has a part of type reasoning_text",
                        events -> events.get(3).getJsonObject("part").put("type", "reasoning_text")),
                fault("of content_index 1 instead of 0", events -> events.get(4).put("content_index", 1)),
                fault("ends with another call_id", events -> events.get(12).getJsonObject("item").put("call_id", "x")),
                fault("is done with other arguments", events -> events.get(12).getJsonObject("item").put("arguments", "{")),
                fault("is done and in progress", events -> events.get(12).getJsonObject("item").put("status", "in_progress")),
                fault("function_call f is another in the output", events -> events.get(13).getJsonObject("response")
                        .getJsonArray("output").getJsonObject(1).put("name", "x")),
                fault("has 0 items instead of 2",
                        events -> events.get(13).getJsonObject("response").put("output", new JsonArray())),
                fault("response.completed has no usage", events -> events.get(13).getJsonObject("response").putNull("usage")),
                fault("response.completed has the status failed",
                        events -> events.get(13).getJsonObject("response").put("status", "failed")),
                fault("response.completed has another id", events -> events.get(13).getJsonObject("response").put("id", "x")),
                fault("response.in_progress comes after the first item", events -> {
                    events.add(9, events.get(1).copy());
                    numbered(events);
                }),
                fault("keepalive comes after the last event",
                        events -> events.add(new JsonObject("{\"type\":\"keepalive\",\"sequence_number\":14}"))));
    }

    @Test
    void a_legal_stream_has_no_violation() {
        assertThat(ResponsesGrammar.violations(stream())).isEmpty();
        assertThat(ResponsesGrammar.violationsOfCarefulServer(stream())).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void each_fault_is_told(String violation, List<JsonObject> events) {
        assertThat(ResponsesGrammar.violations(events)).anyMatch(sentence -> sentence.contains(violation));
    }

    @Test
    void only_a_careful_server_must_tell_everything_in_deltas() {
        List<JsonObject> events = without(10);

        assertThat(ResponsesGrammar.violations(events)).isEmpty();
        assertThat(ResponsesGrammar.violationsOfCarefulServer(events))
                .containsExactly("function_call f has a text without deltas: {}");
    }

    @Test
    void only_a_careful_server_must_end_an_item_before_the_next_one() {
        List<JsonObject> events = stream();
        events.add(10, events.remove(8));
        numbered(events);

        assertThat(ResponsesGrammar.violations(events)).isEmpty();
        assertThat(ResponsesGrammar.violationsOfCarefulServer(events))
                .singleElement().asString().startsWith("an item begins while another is open");
    }

    /** The stream whose item at that event ends incomplete, as the response does. */
    private static List<JsonObject> cut(int done) {
        List<JsonObject> events = stream();
        events.get(done).getJsonObject("item").put("status", "incomplete");
        JsonObject response = events.get(13).put("type", "response.incomplete").getJsonObject("response");
        response.put("status", "incomplete").put("incomplete_details", new JsonObject().put("reason", "max_output_tokens"));
        int index = events.get(done).getInteger("output_index");
        response.getJsonArray("output").getJsonObject(index).put("status", "incomplete");
        return events;
    }

    @Test
    void the_last_item_of_an_incomplete_response_may_be_incomplete() {
        assertThat(ResponsesGrammar.violationsOfCarefulServer(cut(12))).isEmpty();
    }

    @Test
    void only_the_last_item_may_be_incomplete() {
        assertThat(ResponsesGrammar.violations(cut(8))).containsExactly("message m is incomplete and not the last item");
    }

    @Test
    void a_completed_response_has_no_incomplete_item() {
        List<JsonObject> events = cut(12);
        events.get(13).put("type", "response.completed").getJsonObject("response").put("status", "completed");

        assertThat(ResponsesGrammar.violations(events))
                .containsExactly("function_call f is incomplete in response.completed");
    }

    @Test
    void a_failure_may_leave_items_open() {
        List<JsonObject> events = stream().subList(0, 6);
        events.add(new JsonObject("{\"type\":\"error\",\"code\":\"server_error\",\"message\":\"It broke\"}"));
        assertThat(ResponsesGrammar.violations(numbered(events))).isEmpty();

        events.add(new JsonObject("""
                {"type":"response.failed","response":{"id":"r","status":"failed","output":[],"error":{"code":"x"}}}"""));
        assertThat(ResponsesGrammar.violations(numbered(events))).isEmpty();
    }
}
