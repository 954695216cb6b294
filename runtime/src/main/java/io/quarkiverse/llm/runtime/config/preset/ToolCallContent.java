package io.quarkiverse.llm.runtime.config.preset;

import io.quarkiverse.llm.runtime.config.value.NamedValue;

/** The content of an assistant message that says nothing beside its tool calls. */
public enum ToolCallContent implements NamedValue {
    /** {@code null}, as OpenAI has it. */
    NULL,
    /** An empty string. */
    EMPTY,
    /** There is no field {@code content}. */
    OMITTED
}
