package io.quarkiverse.llm.runtime.json;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Content.Text;

/** Writes parts of messages and tool outputs. */
public final class ContentWriter {

    private ContentWriter() {
    }

    /** Text is {@code output_text} when it has what only a model's text has. */
    public static void write(JsonGenerator out, Content part) throws IOException {
        write(out, part, part instanceof Text text && !isPlain(text));
    }

    /**
     * Writes a list of parts.
     *
     * @param output whether the model has said it, not heard it
     */
    public static void write(JsonGenerator out, List<Content> parts, boolean output) throws IOException {
        out.writeStartArray();
        for (Content part : parts) {
            write(out, part, output);
        }
        out.writeEndArray();
    }

    /** Writes parts as a plain string when they are no more than that. */
    static void writeCompact(JsonGenerator out, List<Content> parts) throws IOException {
        if (parts.size() == 1 && parts.get(0) instanceof Text text && isPlain(text)) {
            out.writeString(text.text());
        } else {
            write(out, parts, false);
        }
    }

    private static boolean isPlain(Text text) {
        return text.annotations().isEmpty() && text.logprobs().isEmpty();
    }

    private static void write(JsonGenerator out, Content part, boolean output) throws IOException {
        if (part instanceof Content.Opaque opaque) {
            JsonText.write(out, opaque.json());
            return;
        }
        out.writeStartObject();
        if (part instanceof Text text) {
            writeText(out, text, output);
        } else if (part instanceof Content.Refusal refusal) {
            out.writeStringField("type", "refusal");
            out.writeStringField("refusal", refusal.refusal());
        } else if (part instanceof Content.Image image) {
            out.writeStringField("type", "input_image");
            OptionalFields.string(out, "image_url", image.url());
            OptionalFields.string(out, "file_id", image.fileId());
            OptionalFields.string(out, "detail", image.detail());
        } else if (part instanceof Content.File file) {
            out.writeStringField("type", "input_file");
            OptionalFields.string(out, "file_id", file.fileId());
            OptionalFields.string(out, "file_data", file.data());
            OptionalFields.string(out, "file_url", file.url());
            OptionalFields.string(out, "filename", file.filename());
        } else if (part instanceof Content.Audio audio) {
            out.writeStringField("type", "input_audio");
            out.writeObjectFieldStart("input_audio");
            out.writeStringField("data", audio.data());
            out.writeStringField("format", audio.format());
            out.writeEndObject();
        } else {
            throw new IllegalArgumentException("No JSON form for " + part.getClass());
        }
        out.writeEndObject();
    }

    private static void writeText(JsonGenerator out, Text text, boolean output) throws IOException {
        out.writeStringField("type", output ? "output_text" : "input_text");
        out.writeStringField("text", text.text());
        // the Responses API wants the list in every output_text, also an empty one
        if (output || !text.annotations().isEmpty()) {
            out.writeArrayFieldStart("annotations");
            for (Annotation annotation : text.annotations()) {
                JsonText.write(out, annotation.json());
            }
            out.writeEndArray();
        }
        JsonText.writeIfPresent(out, "logprobs", text.logprobs());
    }
}
