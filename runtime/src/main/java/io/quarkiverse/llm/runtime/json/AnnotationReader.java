package io.quarkiverse.llm.runtime.json;

import io.quarkiverse.llm.Annotation;

/** Reads an {@link Annotation}; it is written as the text it holds. */
public final class AnnotationReader {

    private AnnotationReader() {
    }

    public static Annotation read(JsonFields annotation) {
        return new Annotation(annotation.required("type").string(), annotation.raw());
    }
}
