package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonFields;

/**
 * A part of an item as a server sent it.
 *
 * @param kind what it is by its type, before {@link #among} has said what it is where it stands; {@code null} when the server
 *        does not say
 * @param type what the server calls it; empty for none
 * @param text empty for none
 * @param refusal empty for none
 * @param logprobs an array that is not empty; {@code null} for none
 * @param json the whole part; {@code null} for one that is text or refusal
 */
record ReceivedPart(PartKind kind, String type, String text, String refusal, List<Annotation> annotations, RawJson logprobs,
        RawJson json) {

    static final ReceivedPart EMPTY = ofText("");

    private static ReceivedPart ofText(String text) {
        return new ReceivedPart(null, "", text, "", List.of(), null, null);
    }

    static ReceivedPart read(Received json) throws IOException {
        if (!json.isObject()) {
            return ofText(json.content());
        }
        int start = json.position();
        String type = "";
        String text = "";
        String refusal = "";
        List<Annotation> annotations = List.of();
        RawJson logprobs = null;
        while (json.nextField()) {
            switch (json.name()) {
                case "type" -> type = json.string();
                case "text" -> text = json.content();
                case "refusal" -> refusal = json.content();
                case "annotations" -> annotations = annotations(json);
                case "logprobs" -> logprobs = json.rawElements();
                default -> json.skip();
            }
        }
        PartKind kind = type.isEmpty() ? null : PartKind.of(type);
        RawJson whole = kind == null || kind == PartKind.TEXT || kind == PartKind.REFUSAL ? null : json.rawSince(start);
        return new ReceivedPart(kind, type, text, refusal, annotations, logprobs, whole);
    }

    /** The parts of an array; a string where one is expected is the only part. */
    static List<ReceivedPart> readAll(Received json) throws IOException {
        if (json.isString()) {
            return List.of(read(json));
        }
        if (!json.isArray()) {
            json.skip();
            return List.of();
        }
        List<ReceivedPart> parts = new ArrayList<>(1);
        while (json.nextElement()) {
            parts.add(read(json));
        }
        return parts;
    }

    /**
     * The part as it is where such parts are expected.
     *
     * @param expected also what a part without a type is
     */
    ReceivedPart among(PartKind expected) {
        PartKind here = kind == null ? expected : kind.among(expected);
        return new ReceivedPart(here, type, here == PartKind.REFUSAL ? refusal : text, refusal, annotations, logprobs, json);
    }

    static List<ReceivedPart> among(List<ReceivedPart> parts, PartKind expected) {
        List<ReceivedPart> all = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            all.add(parts.get(i).among(expected));
        }
        return all;
    }

    private static List<Annotation> annotations(Received json) throws IOException {
        if (!json.isArray()) {
            json.skip();
            return List.of();
        }
        List<Annotation> annotations = new ArrayList<>(0);
        while (json.nextElement()) {
            RawJson annotation = json.rawObject();
            if (annotation != null) {
                annotations.add(annotation(annotation));
            }
        }
        return annotations;
    }

    static Annotation annotation(RawJson annotation) {
        String type = Received.text(JsonFields.of(annotation), "type");
        return new Annotation(type == null ? "unknown" : type, annotation);
    }
}
