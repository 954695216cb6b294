package io.quarkiverse.llm.runtime.config.preset;

import io.quarkiverse.llm.runtime.config.value.NamedValue;

/** How a server is told how much to think. */
public enum ReasoningEffortForm implements NamedValue {
    /** {@code "reasoning_effort": "low"} */
    REASONING_EFFORT,
    /** {@code "reasoning": {"effort": "low"}} */
    REASONING,
    /** {@code "thinking": {"type": "enabled"}, "reasoning_effort": "low"}; for {@code none} it is {@code disabled}. */
    THINKING,
    /**
     * {@code "chat_template_kwargs": {"enable_thinking": true}}, as templates of Qwen and GLM read it; false for
     * {@code none}.
     */
    ENABLE_THINKING,
    /** Not at all. */
    NONE
}
