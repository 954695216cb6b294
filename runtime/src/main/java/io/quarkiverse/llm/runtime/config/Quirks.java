package io.quarkiverse.llm.runtime.config;

import java.util.Objects;
import java.util.Optional;

/**
 * Where servers of the Chat Completions API differ in what they accept.
 *
 * @param maxTokensField the field that limits the answer: {@code max_tokens} or {@code max_completion_tokens}
 * @param developerRole whether the server knows the role {@code developer}; else it is sent as {@code system}
 * @param refusalField whether an assistant message may say {@code refusal}; else a refusal is sent back as its text
 * @param reasoningField the field of an assistant message that takes its reasoning back; none where that is refused
 */
public record Quirks(String maxTokensField, boolean developerRole, boolean refusalField,
        Optional<String> reasoningField) {

    public Quirks {
        Objects.requireNonNull(maxTokensField, "maxTokensField");
        Objects.requireNonNull(reasoningField, "reasoningField");
    }
}
