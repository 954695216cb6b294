package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonText;

/**
 * A text that the model has written, with what is said of it.
 *
 * @param logprobs an array; {@code null} for none
 */
record OutputText(String text, List<Annotation> annotations, RawJson logprobs) {

    static OutputText of(Content.Text text) {
        return new OutputText(text.text(), text.annotations(), text.logprobs().orElse(null));
    }

    static OutputText of(String text) {
        return new OutputText(text, List.of(), null);
    }

    /** Both lists, also empty ones: strict clients want them. */
    void writeNotes(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("annotations");
        for (Annotation annotation : annotations) {
            JsonText.write(json, annotation.json());
        }
        json.writeEndArray();
        writeLogprobs(json);
    }

    void writeLogprobs(JsonGenerator json) throws IOException {
        if (logprobs == null) {
            json.writeArrayFieldStart("logprobs");
            json.writeEndArray();
        } else {
            JsonText.write(json, "logprobs", logprobs);
        }
    }
}
