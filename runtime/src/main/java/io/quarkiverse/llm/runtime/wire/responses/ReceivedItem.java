package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.util.List;

import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.RawJson;

/**
 * An item as a server sent it; what it did not say is {@code null}.
 *
 * @param arguments of a function call, or the input of a custom one
 * @param content parts of a message or of reasoning
 * @param json the whole item, of one that comes only as a whole; else {@code null}
 */
record ReceivedItem(ItemKind kind, String type, String id, ItemStatus status, String callId, String name, String namespace,
        String arguments, String phase, List<ReceivedPart> content, List<ReceivedPart> summary, String encryptedContent,
        RawJson json) {

    /** The type may come last, so that what depends on it is put together at the end. */
    static ReceivedItem read(Received json) throws IOException {
        int start = json.position();
        String said = null;
        boolean hasRole = false;
        String id = null;
        String status = null;
        String callId = null;
        String name = null;
        String namespace = null;
        String arguments = null;
        String input = null;
        String phase = null;
        List<ReceivedPart> content = List.of();
        List<ReceivedPart> summary = List.of();
        String encryptedContent = null;
        while (json.nextField()) {
            switch (json.name()) {
                case "type" -> said = json.text();
                case "role" -> {
                    hasRole = !json.isNull();
                    json.skip();
                }
                case "id" -> id = json.text();
                case "status" -> status = json.text();
                case "call_id" -> callId = json.text();
                case "name" -> name = json.text();
                case "namespace" -> namespace = json.text();
                case "arguments" -> arguments = json.contentOrJson();
                case "input" -> input = json.contentOrJson();
                case "phase" -> phase = json.text();
                case "content" -> content = ReceivedPart.readAll(json);
                case "summary" -> summary = ReceivedPart.readAll(json);
                case "encrypted_content" -> encryptedContent = json.text();
                default -> json.skip();
            }
        }
        String type = said != null ? said : hasRole ? "message" : "unknown";
        ItemKind kind = ItemKind.of(type);
        return new ReceivedItem(kind, type, id, status == null ? null : ItemStatus.find(status).orElse(null),
                kind.isCall() ? callId : null, name, namespace, kind == ItemKind.CUSTOM_CALL ? input : arguments, phase,
                ReceivedPart.among(content, kind == ItemKind.REASONING ? PartKind.REASONING : PartKind.TEXT),
                ReceivedPart.among(summary, PartKind.SUMMARY), encryptedContent,
                kind == ItemKind.WHOLE ? json.rawSince(start) : null);
    }
}
