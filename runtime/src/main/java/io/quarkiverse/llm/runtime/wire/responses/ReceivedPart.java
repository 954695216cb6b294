package io.quarkiverse.llm.runtime.wire.responses;

import java.util.List;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;

/**
 * A part of an item as a server sent it.
 *
 * @param type what the server calls it
 * @param text empty for none
 * @param logprobs an array that is not empty; {@code null} for none
 * @param value the whole part
 */
record ReceivedPart(PartKind kind, String type, String text, List<Annotation> annotations, RawJson logprobs,
        JsonValue value) {

    /**
     * @param expected what parts are in that place
     */
    static ReceivedPart of(JsonValue value, PartKind expected) {
        if (!value.isObject()) {
            return new ReceivedPart(expected, "", value.isString() ? value.string() : "", List.of(), null, value);
        }
        JsonFields part = value.object();
        String type = Received.text(part, "type");
        PartKind kind = type == null ? expected : PartKind.of(type).among(expected);
        String text = Received.text(part, kind == PartKind.REFUSAL ? "refusal" : "text");
        return new ReceivedPart(kind, type == null ? "" : type, text == null ? "" : text, annotations(part), logprobs(part),
                value);
    }

    RawJson json() {
        return value.raw();
    }

    private static List<Annotation> annotations(JsonFields part) {
        return Received.list(part, "annotations").stream().filter(JsonValue::isObject)
                .map(annotation -> annotation(annotation.object())).toList();
    }

    static Annotation annotation(JsonFields annotation) {
        String type = Received.text(annotation, "type");
        return new Annotation(type == null ? "unknown" : type, annotation.raw());
    }

    private static RawJson logprobs(JsonFields part) {
        return Received.list(part, "logprobs").isEmpty() ? null : part.raw("logprobs").orElse(null);
    }
}
