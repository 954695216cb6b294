package io.quarkiverse.llm.runtime.config.preset;

import io.quarkiverse.llm.runtime.config.value.NamedValue;

/** The richest form of {@code tool_choice} that a server understands; what it does not is said in a simpler one. */
public enum ToolChoiceForm implements NamedValue {
    /** Only {@code auto}, {@code none} and {@code required}: of the tools only those that may be chosen are sent. */
    MODES,
    /** Also a single tool: for a choice of several only those are sent. */
    NAMED,
    /** Also a choice of several tools, by which the others stay in the request and in the prompt cache. */
    ALLOWED_TOOLS
}
