package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Content;

/** Writes the content of a message: a string for a single text, as every server takes it, else an array of parts. */
record ChatContentWriter(ChatLimits limits) {

    void write(List<Content> content, JsonGenerator json) throws IOException {
        if (content.isEmpty()) {
            json.writeString("");
        } else if (content.size() == 1 && content.get(0) instanceof Content.Text text) {
            json.writeString(text.text());
        } else {
            json.writeStartArray();
            for (Content part : content) {
                writePart(part, json);
            }
            json.writeEndArray();
        }
    }

    private void writePart(Content part, JsonGenerator json) throws IOException {
        limits.check(part);
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
