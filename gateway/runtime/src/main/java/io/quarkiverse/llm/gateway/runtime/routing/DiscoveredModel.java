package io.quarkiverse.llm.gateway.runtime.routing;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.LlmModel;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;

/**
 * What is kept of a model that a provider has.
 *
 * @param created seconds since 1970; 0 when the server does not say
 * @param details fields beyond OpenAI's that clients use, as the server wrote them
 */
record DiscoveredModel(String id, Optional<String> ownedBy, long created, Map<String, RawJson> details) {

    /**
     * How much the model can take and what it is: of llama.cpp, vLLM, LM Studio, Groq and OpenRouter. Everything else stays
     * here, as servers tell paths of their files too.
     */
    private static final List<String> DETAILS = List.of("name", "description", "context_window", "context_length",
            "max_context_length", "loaded_context_length", "max_model_len", "max_completion_tokens", "meta", "capabilities",
            "architecture", "supported_parameters");
    private static final List<String> CONTEXT = List.of("context_window", "context_length", "max_context_length",
            "max_model_len");

    DiscoveredModel {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** One of which nothing but the name is known. */
    static DiscoveredModel named(String id) {
        return new DiscoveredModel(id, Optional.empty(), 0, Map.of());
    }

    static DiscoveredModel of(LlmModel model) {
        Map<String, RawJson> details = new LinkedHashMap<>();
        try {
            JsonFields fields = JsonFields.of(model.json());
            DETAILS.forEach(name -> fields.raw(name).ifPresent(value -> details.put(name, value)));
        } catch (JsonShapeException e) {
            // a provider of the application that has nothing more to say than the record
            details.clear();
        }
        if (CONTEXT.stream().noneMatch(details::containsKey)) {
            model.contextWindow().ifPresent(tokens -> details.put(CONTEXT.get(0), RawJson.verbatim(tokens.toString())));
        }
        return new DiscoveredModel(model.id(), model.ownedBy(), model.created().map(Instant::getEpochSecond).orElse(0L),
                details);
    }
}
