package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.Role;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What is told of items that only a server of the Responses API knows: calls of tools that it has run itself as what the
 * assistant did, outputs that the client gave as what the user said.
 */
final class HostedItems {

    private static final List<String> SUBJECTS = List.of("name", "server_label", "query", "queries", "url", "pattern",
            "command", "commands", "code", "input");
    private static final String CALL = "_call";

    private HostedItems() {
    }

    static Message told(OpaqueItem item) {
        JsonObject json = Json.decodeValue(item.json().text()) instanceof JsonObject object ? object : new JsonObject();
        String type = Brief.of(item.type());
        if (item.type().endsWith("_output") && json.getValue("output") != null) {
            Object output = json.getValue("output");
            return Message.user("[" + type + "]\n" + (output instanceof String text ? text : Json.encode(withoutData(output))));
        } else if (item.type().endsWith(CALL)) {
            Optional<String> subject = subject(json).or(() -> subject(json.getValue("action")));
            return Message.assistant("[" + type + subject.map(said -> ": " + said).orElse("") + "]");
        }
        return Message.of(item.type().endsWith("_response") ? Role.USER : Role.ASSISTANT,
                "[An item of type " + type + " stood here, which cannot be shown to you.]");
    }

    /** Pictures as text would fill the context, and mean nothing to any model. */
    private static Object withoutData(Object value) {
        if (value instanceof JsonObject object) {
            JsonObject rest = new JsonObject();
            object.forEach(field -> rest.put(field.getKey(), withoutData(field.getValue())));
            return rest;
        } else if (value instanceof JsonArray array) {
            List<Object> rest = new ArrayList<>();
            array.forEach(each -> rest.add(withoutData(each)));
            return new JsonArray(rest);
        }
        return value instanceof String text && text.startsWith("data:") && text.contains(";base64,") ? "[data]" : value;
    }

    private static Optional<String> subject(Object said) {
        if (!(said instanceof JsonObject json)) {
            return Optional.empty();
        }
        StringBuilder subject = new StringBuilder();
        for (String field : SUBJECTS) {
            String text = text(json.getValue(field));
            if (!text.isBlank()) {
                subject.append(subject.isEmpty() ? "" : " ").append(text);
            }
        }
        return subject.isEmpty() ? Optional.empty() : Optional.of(Brief.of(subject.toString()));
    }

    private static String text(Object value) {
        if (value instanceof JsonArray array) {
            StringBuilder joined = new StringBuilder();
            array.forEach(one -> joined.append(joined.isEmpty() ? "" : " ").append(one));
            return joined.toString();
        }
        return value instanceof String text ? text : "";
    }
}
