package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.json.JsonValue;

/** Writes an annotation, which Chat Completions nests under its type. It knows citations of URLs alone. */
final class ShownAnnotation {

    private static final String URL_CITATION = "url_citation";

    private ShownAnnotation() {
    }

    static boolean isShown(Annotation annotation) {
        return annotation.type().equals(URL_CITATION) && JsonValue.of(annotation.json().text()).isObject();
    }

    static void write(Annotation annotation, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", URL_CITATION);
        json.writeObjectFieldStart(URL_CITATION);
        for (Map.Entry<String, JsonValue> field : JsonValue.of(annotation.json().text()).object().toMap().entrySet()) {
            if (!field.getKey().equals("type")) {
                JsonText.writeName(json, field.getKey());
                JsonText.write(json, field.getValue().raw());
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
