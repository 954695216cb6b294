package io.quarkiverse.llm.scripted.grammar;

/** What streams must keep to. */
public sealed interface Rule permits ResponsesRule, ChatRule, SseRule {

    /** The name of the constant. */
    String name();

    /** The rule as a sentence. */
    String text();
}
