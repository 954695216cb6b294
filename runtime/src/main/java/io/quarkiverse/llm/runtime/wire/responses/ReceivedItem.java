package io.quarkiverse.llm.runtime.wire.responses;

import java.util.List;

import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;

/**
 * An item as a server sent it; what it did not say is {@code null}.
 *
 * @param fields the whole item; what is not asked for is not decoded, as the last event of a stream repeats everything
 */
record ReceivedItem(ItemKind kind, String type, String id, ItemStatus status, String callId, JsonFields fields) {

    static ReceivedItem of(JsonFields item) {
        String said = Received.text(item, "type");
        String type = said == null ? item.has("role") ? "message" : "unknown" : said;
        ItemKind kind = ItemKind.of(type);
        String status = Received.text(item, "status");
        return new ReceivedItem(kind, type, Received.text(item, "id"),
                status == null ? null : ItemStatus.find(status).orElse(null),
                kind.isCall() ? Received.text(item, "call_id") : null, item);
    }

    String name() {
        return Received.text(fields, "name");
    }

    String namespace() {
        return Received.text(fields, "namespace");
    }

    /** Of a function call, or the input of a custom one. */
    String arguments() {
        return fields.value(kind == ItemKind.CUSTOM_CALL ? "input" : "arguments").map(JsonValue::stringOrText).orElse(null);
    }

    String phase() {
        return Received.text(fields, "phase");
    }

    /** Parts of a message or of reasoning. */
    List<ReceivedPart> content() {
        return parts(fields, "content", kind == ItemKind.REASONING ? PartKind.REASONING : PartKind.TEXT);
    }

    List<ReceivedPart> summary() {
        return parts(fields, "summary", PartKind.SUMMARY);
    }

    String encryptedContent() {
        return Received.text(fields, "encrypted_content");
    }

    RawJson json() {
        return fields.raw();
    }

    private static List<ReceivedPart> parts(JsonFields item, String field, PartKind expected) {
        if (item.value(field).filter(JsonValue::isString).isPresent()) {
            return List.of(ReceivedPart.of(item.required(field), expected));
        }
        return Received.list(item, field).stream().map(part -> ReceivedPart.of(part, expected)).toList();
    }
}
