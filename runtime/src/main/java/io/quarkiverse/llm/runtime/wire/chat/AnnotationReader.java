package io.quarkiverse.llm.runtime.wire.chat;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.RawJson;
import io.vertx.core.json.JsonObject;

/** Reads an annotation, which Chat Completions nests under its type and the canonical form does not. */
final class AnnotationReader {

    private AnnotationReader() {
    }

    static Annotation read(RawJson json) {
        JsonObject annotation = json.toJsonObject();
        String type = annotation.getValue("type") instanceof String text ? text : "unknown";
        if (annotation.getValue(type) instanceof JsonObject nested) {
            return new Annotation(type, RawJson.of(new JsonObject().put("type", type).mergeIn(nested)));
        }
        return new Annotation(type, json);
    }
}
