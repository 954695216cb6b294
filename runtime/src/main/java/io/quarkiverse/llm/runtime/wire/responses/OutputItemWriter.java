package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.json.ContentWriter;
import io.quarkiverse.llm.runtime.json.ItemWriter;
import io.quarkiverse.llm.runtime.json.OptionalFields;

/**
 * Writes items as a server shows them: with all that strict clients want to find, and without a single {@code null}, which
 * those of Open Responses refuse.
 */
final class OutputItemWriter {

    private OutputItemWriter() {
    }

    /**
     * @param otherwise the status of messages and calls that have none; that of reasoning is left out, as OpenAI does
     */
    static void write(JsonGenerator json, Item item, ItemStatus otherwise) throws IOException {
        if (item instanceof Message message) {
            write(json, message, otherwise);
        } else if (item instanceof ToolCall call && call.status().isEmpty()) {
            ItemWriter.write(json, call.toBuilder().status(otherwise).build());
        } else {
            ItemWriter.write(json, item);
        }
    }

    /** The item as it begins. */
    static Item empty(Item item) {
        Optional<ItemStatus> status = item.status().map(any -> ItemStatus.IN_PROGRESS);
        if (item instanceof Message message) {
            return new Message(message.id(), status, message.role(), List.of(), message.phase());
        }
        if (item instanceof ToolCall call) {
            return new ToolCall(call.id(), status, call.kind(), call.namespace(), call.name(), call.callId(), "");
        }
        if (item instanceof Reasoning reasoning) {
            return new Reasoning(reasoning.id(), status, List.of(), List.of(), reasoning.encryptedContent());
        }
        return item;
    }

    private static void write(JsonGenerator json, Message message, ItemStatus otherwise) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "message");
        OptionalFields.string(json, "id", message.id());
        json.writeStringField("status", message.status().orElse(otherwise).wireName());
        json.writeStringField("role", message.role().wireName());
        json.writeArrayFieldStart("content");
        for (Content part : message.content()) {
            if (part instanceof Content.Text text) {
                PartEvents.TEXT.write(json, OutputText.of(text));
            } else {
                ContentWriter.write(json, part);
            }
        }
        json.writeEndArray();
        OptionalFields.string(json, "phase", message.phase());
        json.writeEndObject();
    }
}
