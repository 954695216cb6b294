package io.quarkiverse.llm.runtime.wire.responses;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.wire.WireEventSink;

/**
 * Puts a response as it was told once into the events that announce and end it: nobody knows any more what was asked for, which
 * is echoed in it.
 */
final class RetoldResource implements WireEventSink {

    private static final List<String> OF_THE_END = List.of("usage", "error", "incomplete_details", "completed_at");

    private final String whole;
    private final String announced;
    private final WireEventSink sink;
    private int number;

    RetoldResource(RawJson resource, WireEventSink sink) {
        this.whole = resource.text();
        this.announced = announced(resource);
        this.sink = sink;
    }

    private static String announced(RawJson resource) {
        Map<String, RawJson> fields = new LinkedHashMap<>();
        JsonFields.of(resource).toMap().forEach((name, value) -> fields.put(name, value.raw()));
        fields.put("status", RawJson.verbatim("\"in_progress\""));
        fields.put("output", RawJson.verbatim("[]"));
        OF_THE_END.forEach(field -> fields.put(field, RawJson.verbatim("null")));
        fields.remove("output_text");
        return JsonText.object(fields).text();
    }

    @Override
    public void event(String type, byte[] json, int offset, int length) {
        int own = number++;
        switch (type) {
            case "response.created", "response.in_progress" -> lifecycle(type, own, announced);
            case "response.completed", "response.incomplete", "response.failed" -> lifecycle(type, own, whole);
            default -> sink.event(type, json, offset, length);
        }
    }

    private void lifecycle(String type, int own, String response) {
        byte[] event = ("{\"type\":\"" + type + "\",\"sequence_number\":" + own + ",\"response\":" + response + "}")
                .getBytes(StandardCharsets.UTF_8);
        sink.event(type, event, 0, event.length);
    }
}
