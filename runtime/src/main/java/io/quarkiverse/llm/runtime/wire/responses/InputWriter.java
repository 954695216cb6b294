package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.runtime.json.ItemWriter;
import io.quarkiverse.llm.runtime.json.OptionalFields;

/**
 * Writes the items of a request in their JSON form. A message of one text has a string for content, which servers take
 * that want an id beside the parts of an assistant's message (github.com/vllm-project/vllm/pull/41355). llama.cpp needs the
 * type.
 */
final class InputWriter {

    private InputWriter() {
    }

    static void write(List<Item> items, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Item item : items) {
            if (item instanceof Message message && message.id().isEmpty() && isEasy(message.content())) {
                writeEasy(message, json);
            } else {
                ItemWriter.write(json, item);
            }
        }
        json.writeEndArray();
    }

    private static boolean isEasy(List<Content> content) {
        return content.isEmpty() || content.size() == 1 && content.get(0) instanceof Content.Text text
                && text.annotations().isEmpty();
    }

    private static void writeEasy(Message message, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "message");
        json.writeStringField("role", message.role().wireName());
        json.writeStringField("content", message.text());
        OptionalFields.string(json, "phase", message.phase());
        json.writeEndObject();
    }
}
