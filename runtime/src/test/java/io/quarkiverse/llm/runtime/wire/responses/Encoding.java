package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.scripted.grammar.ResponsesGrammar;
import io.vertx.core.json.JsonObject;

/** A stream going through the encoder, as a test sees it. */
final class Encoding {

    static final LlmRequest REQUEST = LlmRequest.builder().model("gpt-5").user("Hi").build();

    final List<String> lines = new ArrayList<>();
    final List<JsonObject> events = new ArrayList<>();
    final ResponsesEventEncoder encoder;

    Encoding(LlmRequest request) {
        encoder = new ResponsesEventEncoder(request, this::take);
    }

    /** The events on the wire, which must be those of a careful server. */
    static List<JsonObject> of(List<LlmEvent> events) {
        Encoding encoding = new Encoding(REQUEST);
        events.forEach(encoding.encoder);
        assertThat(ResponsesGrammar.violationsOfCarefulServer(encoding.events)).isEmpty();
        return encoding.events;
    }

    private void take(String type, byte[] json, int offset, int length) {
        String line = new String(json, offset, length, StandardCharsets.UTF_8);
        JsonObject event = new JsonObject(line);
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0 || !type.equals(event.getString("type"))) {
            throw new AssertionError("Not one line of type " + type + ": " + line);
        }
        lines.add(line);
        events.add(event);
    }

    /** The types of the events without their common prefix. */
    static List<String> types(List<JsonObject> events) {
        return events.stream().map(event -> event.getString("type").replaceFirst("^response\\.", "")).toList();
    }

    static List<JsonObject> ofType(List<JsonObject> events, String type) {
        return events.stream().filter(event -> event.getString("type").equals("response." + type)).toList();
    }
}
