package io.quarkiverse.llm.runtime.config.preset;

import io.quarkiverse.llm.runtime.config.value.NamedValue;

/** The role in which developer messages and instructions are sent. */
public enum InstructionsRole implements NamedValue {
    /** {@code system}, which every server knows. */
    SYSTEM,
    /** {@code developer}, OpenAI's newer name; system messages stay what they are. */
    DEVELOPER
}
