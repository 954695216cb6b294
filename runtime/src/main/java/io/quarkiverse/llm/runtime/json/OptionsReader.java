package io.quarkiverse.llm.runtime.json;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.GenerationOptions;

/** Reads options out of their own object or out of a request's fields. */
public final class OptionsReader {

    private OptionsReader() {
    }

    public static GenerationOptions read(JsonFields fields) {
        Optional<JsonFields> reasoning = fields.object("reasoning");
        return GenerationOptions.builder()
                .temperature(fields.number("temperature").orElse(null))
                .topP(fields.number("top_p").orElse(null))
                .presencePenalty(fields.number("presence_penalty").orElse(null))
                .frequencyPenalty(fields.number("frequency_penalty").orElse(null))
                .seed(fields.longInteger("seed").orElse(null))
                .stop(fields.value("stop").map(OptionsReader::strings).orElse(List.of()))
                .maxOutputTokens(fields.longInteger("max_output_tokens").orElse(null))
                .maxToolCalls(fields.integer("max_tool_calls").orElse(null))
                .parallelToolCalls(fields.bool("parallel_tool_calls").orElse(null))
                .topLogprobs(fields.integer("top_logprobs").orElse(null))
                .reasoningEffort(reasoning.flatMap(object -> object.string("effort")).orElse(null))
                .reasoningSummary(reasoning.flatMap(OptionsReader::summary).orElse(null))
                .verbosity(fields.object("text").flatMap(text -> text.string("verbosity")).orElse(null))
                .build();
    }

    /** The second is the name that OpenAI has given up. */
    private static Optional<String> summary(JsonFields reasoning) {
        return reasoning.string("summary").or(() -> reasoning.string("generate_summary"));
    }

    /** A list of strings, or a single one. */
    private static List<String> strings(JsonValue value) {
        return value.isString() ? List.of(value.string()) : value.list().stream().map(JsonValue::string).toList();
    }
}
