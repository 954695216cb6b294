package io.quarkiverse.llm.runtime.config.preset;

import io.quarkiverse.llm.runtime.config.value.NamedValue;

/** How the reasoning of an earlier answer goes back to the server. */
public enum ReasoningField implements NamedValue {
    /** It does not: the server refuses or ignores it. */
    NONE,
    /** In the field {@code reasoning_content} of the assistant message. */
    REASONING_CONTENT,
    /** In the field {@code reasoning} of the assistant message. */
    REASONING,
    /** As the first part of its content, of type {@code thinking}. */
    THINKING_PART;

    /** As it stands in the body, for the two that are fields. */
    public String wireName() {
        return configName().replace('-', '_');
    }
}
