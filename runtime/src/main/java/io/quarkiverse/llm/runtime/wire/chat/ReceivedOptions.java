package io.quarkiverse.llm.runtime.wire.chat;

import java.util.List;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonValue;

/** Reads how the model shall generate, as Chat Completions names it. */
final class ReceivedOptions {

    private ReceivedOptions() {
    }

    /**
     * @throws JsonShapeException when a field is not of its type
     */
    static GenerationOptions read(JsonFields request) {
        return GenerationOptions.builder()
                .temperature(request.number("temperature").orElse(null))
                .topP(request.number("top_p").orElse(null))
                .presencePenalty(request.number("presence_penalty").orElse(null))
                .frequencyPenalty(request.number("frequency_penalty").orElse(null))
                .seed(request.longInteger("seed").orElse(null))
                .stop(request.value("stop").map(ReceivedOptions::strings).orElse(List.of()))
                .maxOutputTokens(request.longInteger("max_completion_tokens")
                        .or(() -> request.longInteger("max_tokens")).orElse(null))
                .parallelToolCalls(request.bool("parallel_tool_calls").orElse(null))
                .topLogprobs(topLogprobs(request))
                .reasoningEffort(request.string("reasoning_effort").orElse(null))
                .verbosity(request.string("verbosity").orElse(null))
                .build();
    }

    /** A list of strings, or a single one. */
    private static List<String> strings(JsonValue value) {
        return value.isString() ? List.of(value.string()) : value.list().stream().map(JsonValue::string).toList();
    }

    /** How many alternatives there shall be matters to those alone who ask for log probabilities. */
    private static Integer topLogprobs(JsonFields request) {
        int alternatives = request.integer("top_logprobs").orElse(0);
        return request.bool("logprobs").orElse(false) ? Integer.valueOf(alternatives) : null;
    }
}
