package io.quarkiverse.llm.runtime.config.preset;

import io.quarkiverse.llm.runtime.config.value.NamedValue;

/** How the reasoning of earlier answers goes back over the Responses API. */
public enum ReasoningReplay implements NamedValue {
    /** With all that came, in clear text and encrypted. */
    AS_RECEIVED,
    /**
     * Encrypted, or by its id where the server has stored it, with the ids of what followed. Reasoning that is known in clear
     * text alone stays out: such servers refuse it.
     */
    ENCRYPTED,
    /** In clear text, as one part. Reasoning that is known encrypted alone stays out. */
    TEXT
}
