package io.quarkiverse.llm.runtime.wire;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * How many tokens a model takes, as a server's list of models tells it. Each server has its own name for it. Where a server
 * runs the model with less than it was made for, that is told too, and counts.
 */
final class ContextWindow {

    /** LM Studio; OpenRouter, Together and Cohere; Groq; vLLM; Mistral and LM Studio. */
    private static final List<String> NAMES = List.of("loaded_context_length", "context_length", "context_window",
            "max_model_len", "max_context_length");

    private ContextWindow() {
    }

    static Optional<Long> of(JsonObject model) {
        return Stream.<Optional<Long>> of(
                // LM Studio's own list: what each copy in memory was loaded with
                smallest(elements(model, "loaded_instances").map(instance -> in(instance, "config", "context_length"))),
                // OpenRouter: what the provider it prefers takes, which may be less
                smallest(Stream.of(in(model, "top_provider", "context_length"), tokens(model, "context_length"))),
                NAMES.stream().map(name -> tokens(model, name)).flatMap(Optional::stream).findFirst(),
                // llama.cpp: what it runs with, else what the model was trained with
                in(model, "meta", "n_ctx"),
                in(model, "meta", "n_ctx_train"),
                // Ollama
                in(model, "details", "context_length")).flatMap(Optional::stream).findFirst();
    }

    private static Optional<Long> smallest(Stream<Optional<Long>> windows) {
        return windows.flatMap(Optional::stream).min(Long::compare);
    }

    private static Stream<JsonObject> elements(JsonObject object, String name) {
        return object.getValue(name) instanceof JsonArray array
                ? array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
                : Stream.empty();
    }

    private static Optional<Long> in(JsonObject object, String inner, String name) {
        return object.getValue(inner) instanceof JsonObject nested ? tokens(nested, name) : Optional.empty();
    }

    /** 0 is said where it is not known. */
    private static Optional<Long> tokens(JsonObject object, String name) {
        return object.getValue(name) instanceof Number number && number.longValue() > 0 ? Optional.of(number.longValue())
                : Optional.empty();
    }
}
