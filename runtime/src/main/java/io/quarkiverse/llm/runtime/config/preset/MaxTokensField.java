package io.quarkiverse.llm.runtime.config.preset;

import io.quarkiverse.llm.runtime.config.value.NamedValue;

/** The field of a request that limits the answer. */
public enum MaxTokensField implements NamedValue {
    /** {@code max_tokens}, the old name, which nearly every server reads. */
    MAX_TOKENS,
    /** {@code max_completion_tokens}, which OpenAI's reasoning models insist on. */
    MAX_COMPLETION_TOKENS;

    /** As it stands in the body. */
    public String wireName() {
        return configName().replace('-', '_');
    }
}
