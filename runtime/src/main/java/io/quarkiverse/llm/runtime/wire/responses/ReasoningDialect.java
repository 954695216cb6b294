package io.quarkiverse.llm.runtime.wire.responses;

/**
 * How clients are told what a model thinks. OpenAI and Open Responses have different names for the events of reasoning
 * itself, and strict clients of the one fail at those of the other.
 */
public enum ReasoningDialect {
    /** As its summary: the events of it have the same names everywhere, and all clients take them. */
    SUMMARY(PartEvents.REASONING_TEXT),
    /** {@code response.reasoning_text.delta}, as OpenAI calls it, and most servers of open models do. */
    REASONING_TEXT(PartEvents.REASONING_TEXT),
    /** {@code response.reasoning.delta}, as Open Responses calls it. */
    REASONING(PartEvents.REASONING);

    /** The events of reasoning that is no summary. */
    final PartEvents events;

    ReasoningDialect(PartEvents events) {
        this.events = events;
    }
}
