package io.quarkiverse.llm.runtime.json;

import io.quarkiverse.llm.OutputFormat;

/** Reads output formats, flat as the Responses API has them or nested as Chat Completions has them. */
public final class OutputFormatReader {

    private OutputFormatReader() {
    }

    public static OutputFormat read(JsonFields format) {
        JsonValue type = format.required("type");
        return switch (type.string()) {
            case "text" -> OutputFormat.TEXT;
            case "json_object" -> OutputFormat.JSON;
            case "json_schema" -> schema(ToolReader.flat(format, "json_schema"));
            default -> throw type.wrong("must be text, json_object or json_schema");
        };
    }

    private static OutputFormat schema(JsonFields format) {
        return new OutputFormat.JsonSchema(format.required("name").string(), format.required("schema").raw(),
                format.string("description"), format.bool("strict"));
    }
}
