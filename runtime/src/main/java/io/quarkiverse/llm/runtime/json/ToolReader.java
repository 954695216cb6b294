package io.quarkiverse.llm.runtime.json;

import java.util.List;

import io.quarkiverse.llm.Tool;

/** Reads tools, flat as the Responses API has them or nested as Chat Completions has them. */
public final class ToolReader {

    /** Of namespaces in namespaces: what is deeper is meant to exhaust a stack. */
    private static final int MAX_DEPTH = 16;

    private ToolReader() {
    }

    /** The tools of a list. */
    public static List<Tool> readList(JsonValue tools) {
        return readList(tools, MAX_DEPTH);
    }

    private static List<Tool> readList(JsonValue tools, int depth) {
        if (depth == 0) {
            throw tools.wrong("is in more than " + MAX_DEPTH + " namespaces");
        }
        return tools.list().stream().map(tool -> read(tool.object(), depth)).toList();
    }

    public static Tool read(JsonFields tool) {
        return read(tool, MAX_DEPTH);
    }

    private static Tool read(JsonFields tool, int depth) {
        String type = tool.required("type").string();
        return switch (type) {
            case "function" -> function(flat(tool, type));
            case "custom" -> custom(flat(tool, type));
            case "namespace" -> new Tool.Namespace(tool.required("name").string(),
                    tool.string("description").orElse(""), readList(tool.required("tools"), depth - 1));
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
