package io.quarkiverse.llm.scripted.grammar;

/**
 * A place of a stream where it breaks a rule.
 *
 * @param event which event, counted from 0; the number of events for what is missing at the end
 * @param type of that event
 * @param rule that is broken
 * @param fault what is there in place of what should be
 */
public record Violation(int event, String type, Rule rule, String fault) {

    /** A sentence with all of it. */
    @Override
    public String toString() {
        return "Event " + event + " (" + type + "): " + fault + ". " + rule.name() + ": " + rule.text();
    }
}
