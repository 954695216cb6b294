package io.quarkiverse.llm.runtime.json;

import java.util.List;

import io.quarkiverse.llm.Tool;

/** Reads tools, flat as the Responses API has them or nested as Chat Completions has them. */
public final class ToolReader {

    private ToolReader() {
    }

    /** The tools of a list. */
    public static List<Tool> readList(JsonValue tools) {
        return tools.list().stream().map(JsonValue::object).map(ToolReader::read).toList();
    }

    public static Tool read(JsonFields tool) {
        String type = tool.required("type").string();
        return switch (type) {
            case "function" -> function(flat(tool, type));
            case "custom" -> custom(flat(tool, type));
            case "namespace" -> new Tool.Namespace(tool.required("name").string(),
                    tool.string("description").orElse(""), readList(tool.required("tools")));
            default -> new Tool.Opaque(type, tool.raw());
        };
    }

    /** The fields of a thing that Chat Completions nests in a field called like its type. */
    static JsonFields flat(JsonFields fields, String type) {
        return fields.value(type).filter(JsonValue::isObject).map(JsonValue::object).orElse(fields);
    }

    private static Tool function(JsonFields tool) {
        return new Tool.Function(tool.required("name").string(), tool.string("description"), tool.raw("parameters"),
                tool.bool("strict"));
    }

    private static Tool custom(JsonFields tool) {
        return new Tool.Custom(tool.required("name").string(), tool.string("description"), tool.raw("format"));
    }
}
