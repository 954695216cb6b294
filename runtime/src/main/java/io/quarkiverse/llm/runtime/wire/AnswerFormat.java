package io.quarkiverse.llm.runtime.wire;

import java.util.Optional;

import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.OutputFormat.JsonSchema;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.config.preset.ResponseFormats;

/**
 * The form that the answer must have, as far as the server takes it, and what the instructions must say as far as it does not.
 *
 * @param sent in the field of the wire API
 * @param instructions what the server does not understand otherwise
 */
public record AnswerFormat(Optional<OutputFormat> sent, Optional<String> instructions) {

    private static final AnswerFormat NONE = new AnswerFormat(Optional.empty(), Optional.empty());

    /** What any JSON object follows. */
    private static final JsonSchema ANY_OBJECT = new JsonSchema("json_object", RawJson.verbatim("{\"type\":\"object\"}"),
            Optional.empty(), Optional.empty());

    private static final String ASK_FOR_JSON = "Answer with a single JSON object and nothing else.";

    /**
     * @param formats the kinds that the server takes
     * @param strict whether the server may be told to hold the answer to its schema
     */
    public static AnswerFormat of(Optional<OutputFormat> asked, ResponseFormats formats, boolean strict) {
        return asked.map(format -> of(format, formats, strict)).orElse(NONE);
    }

    private static AnswerFormat of(OutputFormat format, ResponseFormats formats, boolean strict) {
        boolean schemas = formats == ResponseFormats.ALL || formats == ResponseFormats.JSON_SCHEMA;
        Optional<OutputFormat> sent = formats == ResponseFormats.NONE ? Optional.empty() : Optional.of(format);
        if (format instanceof JsonSchema schema && schemas) {
            return new AnswerFormat(Optional.of(new JsonSchema(schema.name(), schema.schema(), schema.description(),
                    schema.strict().filter(said -> strict))), Optional.empty());
        } else if (format instanceof JsonSchema schema) {
            return new AnswerFormat(sent.map(other -> OutputFormat.JSON),
                    Optional.of(ASK_FOR_JSON + " It must follow this JSON schema:\n" + schema.schema().text()));
        } else if (format instanceof OutputFormat.Json && formats == ResponseFormats.JSON_SCHEMA) {
            return new AnswerFormat(Optional.of(ANY_OBJECT), Optional.empty());
        } else if (format instanceof OutputFormat.Json && formats == ResponseFormats.NONE) {
            return new AnswerFormat(Optional.empty(), Optional.of(ASK_FOR_JSON));
        }
        return new AnswerFormat(sent, Optional.empty());
    }
}
