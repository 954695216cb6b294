package io.quarkiverse.llm.runtime.json;

import java.util.List;

import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.ToolChoice.Mode;
import io.quarkiverse.llm.ToolChoice.Named;

/** Reads tool choices, flat as the Responses API has them or nested as Chat Completions has them. */
public final class ToolChoiceReader {

    private ToolChoiceReader() {
    }

    public static ToolChoice read(JsonValue choice) {
        if (choice.isString()) {
            return mode(choice);
        }
        JsonFields fields = choice.object();
        String type = fields.required("type").string();
        return type.equals("allowed_tools") ? allowed(ToolReader.flat(fields, type)) : named(fields);
    }

    private static ToolChoice allowed(JsonFields allowed) {
        List<Named> tools = allowed.required("tools").list().stream().map(JsonValue::object).map(ToolChoiceReader::named)
                .toList();
        return new ToolChoice.Allowed(allowed.value("mode").map(ToolChoiceReader::mode).orElse(Mode.AUTO), tools);
    }

    private static Named named(JsonFields choice) {
        String type = choice.required("type").string();
        return switch (type) {
            case "function" -> new ToolChoice.Function(ToolReader.flat(choice, type).required("name").string());
            case "custom" -> new ToolChoice.Custom(ToolReader.flat(choice, type).required("name").string());
            default -> new ToolChoice.Opaque(choice.raw());
        };
    }

    private static Mode mode(JsonValue value) {
        return switch (value.string()) {
            case "auto" -> Mode.AUTO;
            case "none" -> Mode.NONE;
            case "required" -> Mode.REQUIRED;
            default -> throw value.wrong("must be auto, none, required or an object");
        };
    }
}
