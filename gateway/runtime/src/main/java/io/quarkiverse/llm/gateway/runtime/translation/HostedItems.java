package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.json.JsonValue;

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
        JsonFields fields = JsonFields.of(item.json());
        String type = Brief.of(item.type());
        Optional<JsonValue> output = fields.value("output");
        if (item.type().endsWith("_output") && output.isPresent()) {
            return Message.user("[" + type + "]\n" + told(output.get()));
        } else if (item.type().endsWith(CALL)) {
            Optional<String> subject = subject(fields).or(() -> fields.value("action").filter(JsonValue::isObject)
                    .flatMap(action -> subject(action.object())));
            return Message.assistant("[" + type + subject.map(said -> ": " + said).orElse("") + "]");
        }
        return Message.of(item.type().endsWith("_response") ? Role.USER : Role.ASSISTANT,
                "[An item of type " + type + " stood here, which cannot be shown to you.]");
    }

    private static String told(JsonValue output) {
        if (output.isString()) {
            return output.string();
        }
        StringBuilder json = new StringBuilder();
        addWithoutData(output, json);
        return json.toString();
    }

    /** Pictures as text would fill the context, and mean nothing to any model. */
    private static void addWithoutData(JsonValue value, StringBuilder json) {
        if (value.isObject()) {
            String separator = "{";
            for (Map.Entry<String, JsonValue> field : value.object().toMap().entrySet()) {
                json.append(separator).append(JsonText.quoted(field.getKey())).append(':');
                addWithoutData(field.getValue(), json);
                separator = ",";
            }
            json.append(separator.equals("{") ? "{}" : "}");
        } else if (value.isList()) {
            String separator = "[";
            for (JsonValue element : value.list()) {
                json.append(separator);
                addWithoutData(element, json);
                separator = ",";
            }
            json.append(separator.equals("[") ? "[]" : "]");
        } else {
            json.append(isData(value) ? "\"[data]\"" : value.toString());
        }
    }

    private static boolean isData(JsonValue value) {
        return value.isString() && value.string().startsWith("data:") && value.string().contains(";base64,");
    }

    private static Optional<String> subject(JsonFields said) {
        StringBuilder subject = new StringBuilder();
        for (String field : SUBJECTS) {
            String text = said.value(field).map(HostedItems::text).orElse("");
            if (!text.isBlank()) {
                subject.append(subject.isEmpty() ? "" : " ").append(text);
            }
        }
        return subject.isEmpty() ? Optional.empty() : Optional.of(Brief.of(subject.toString()));
    }

    private static String text(JsonValue value) {
        if (value.isList()) {
            return value.list().stream().map(JsonValue::stringOrText).collect(Collectors.joining(" "));
        }
        return value.isString() ? value.string() : "";
    }
}
