package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.LlmUnsupportedException;

/** The field of a request that asks for what its provider does not support. */
final class UnsupportedParam {

    /** As features begin that are no fields themselves. */
    private static final Map<String, String> BY_BEGINNING = Map.of("conversations", "conversation", "background", "background",
            "truncation=", "truncation", "include=", "include", "a summary of the reasoning", "reasoning.summary",
            "audio", "input", "references to stored items", "input");

    private UnsupportedParam() {
    }

    static Optional<String> of(LlmUnsupportedException failure) {
        String feature = failure.feature();
        Optional<String> known = BY_BEGINNING.entrySet().stream().filter(entry -> feature.startsWith(entry.getKey()))
                .map(Map.Entry::getValue).findFirst();
        return known.isPresent() ? known : Optional.of(feature).filter(name -> name.matches("[a-z_]+"));
    }
}
