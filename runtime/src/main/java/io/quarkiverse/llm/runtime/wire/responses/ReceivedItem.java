package io.quarkiverse.llm.runtime.wire.responses;

import java.util.List;

import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;

/**
 * An item as a server sent it; what it did not say is {@code null}.
 *
 * @param arguments of a function call, or the input of a custom one
 * @param content parts of a message or of reasoning
 * @param json the whole item
 */
record ReceivedItem(ItemKind kind, String type, String id, ItemStatus status, String callId, String name, String namespace,
        String arguments, String phase, List<ReceivedPart> content, List<ReceivedPart> summary, String encryptedContent,
        RawJson json) {

    static ReceivedItem of(JsonFields item) {
        String said = Received.text(item, "type");
        String type = said == null ? item.has("role") ? "message" : "unknown" : said;
        ItemKind kind = ItemKind.of(type);
        PartKind expected = kind == ItemKind.REASONING ? PartKind.REASONING : PartKind.TEXT;
        String status = Received.text(item, "status");
        return new ReceivedItem(kind, type, Received.text(item, "id"),
                status == null ? null : ItemStatus.find(status).orElse(null), Received.text(item, "call_id"),
                Received.text(item, "name"), Received.text(item, "namespace"),
                item.value(kind == ItemKind.CUSTOM_CALL ? "input" : "arguments").map(JsonValue::stringOrText).orElse(null),
                Received.text(item, "phase"), parts(item, "content", expected), parts(item, "summary", PartKind.SUMMARY),
                Received.text(item, "encrypted_content"), item.raw());
    }

    private static List<ReceivedPart> parts(JsonFields item, String field, PartKind expected) {
        if (item.value(field).filter(JsonValue::isString).isPresent()) {
            return List.of(ReceivedPart.of(item.required(field), expected));
        }
        return Received.list(item, field).stream().map(part -> ReceivedPart.of(part, expected)).toList();
    }
}
