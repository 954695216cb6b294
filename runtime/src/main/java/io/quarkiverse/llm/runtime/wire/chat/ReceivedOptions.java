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
                .temperature(number(request, "temperature"))
                .topP(number(request, "top_p"))
                .presencePenalty(number(request, "presence_penalty"))
                .frequencyPenalty(number(request, "frequency_penalty"))
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

    private static Double number(JsonFields request, String name) {
        JsonValue value = request.value(name).orElse(null);
        if (value == null) {
            return null;
        }
        double number = value.number();
        if (!Double.isFinite(number)) {
            throw value.wrong("is out of range");
        }
        return number;
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
