package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Content;

/**
 * Writes the content of a message: a string for a single text, as every server takes it, else an array of parts.
 *
 * @param joinTexts whether several texts are one string too
 */
record ChatContentWriter(boolean joinTexts) {

    void write(List<Content> content, JsonGenerator json) throws IOException {
        if (content.isEmpty()) {
            json.writeString("");
        } else if (content.size() == 1 && content.get(0) instanceof Content.Text text) {
            json.writeString(text.text());
        } else if (joinTexts && content.stream().allMatch(Content.Text.class::isInstance)) {
            json.writeString(content.stream().map(part -> ((Content.Text) part).text()).collect(Collectors.joining("\n")));
        } else {
            json.writeStartArray();
            writeParts(content, json);
            json.writeEndArray();
        }
    }

    /** Reasoning as the first part, then the content. */
    void writeThinking(String reasoning, List<Content> content, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeStartObject();
        json.writeStringField("type", "thinking");
        json.writeArrayFieldStart("thinking");
        writePart(Content.text(reasoning), json);
        json.writeEndArray();
        json.writeEndObject();
        writeParts(content, json);
        json.writeEndArray();
    }

    private void writeParts(List<Content> content, JsonGenerator json) throws IOException {
        for (Content part : content) {
            writePart(part, json);
        }
    }

    private void writePart(Content part, JsonGenerator json) throws IOException {
        if (part instanceof Content.Opaque opaque) {
            json.writeRawValue(opaque.json().text());
            return;
        }
        json.writeStartObject();
        if (part instanceof Content.Text text) {
            json.writeStringField("type", "text");
            json.writeStringField("text", text.text());
        } else if (part instanceof Content.Refusal refusal) {
            json.writeStringField("type", "refusal");
            json.writeStringField("refusal", refusal.refusal());
        } else if (part instanceof Content.Image image) {
            json.writeStringField("type", "image_url");
            json.writeObjectFieldStart("image_url");
            writeText("url", image.url(), json);
            writeText("detail", image.detail(), json);
            json.writeEndObject();
        } else if (part instanceof Content.Audio audio) {
            json.writeStringField("type", "input_audio");
            json.writeObjectFieldStart("input_audio");
            json.writeStringField("data", audio.data());
            json.writeStringField("format", audio.format());
            json.writeEndObject();
        } else if (part instanceof Content.File file) {
            json.writeStringField("type", "file");
            json.writeObjectFieldStart("file");
            writeText("file_id", file.fileId(), json);
            writeText("file_data", file.data(), json);
            writeText("filename", file.filename(), json);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeText(String name, Optional<String> value, JsonGenerator json) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }
}
