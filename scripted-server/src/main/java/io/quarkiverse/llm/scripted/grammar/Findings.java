package io.quarkiverse.llm.scripted.grammar;

import java.util.ArrayList;
import java.util.List;

/** The violations of one stream, and the event that is looked at. */
final class Findings {

    private final List<Violation> violations = new ArrayList<>();
    private int event;
    private String type;

    void at(int event, String type) {
        this.event = event;
        this.type = type;
    }

    /** @param fault a format, which is used only if the rule is broken */
    void expect(boolean kept, Rule rule, String fault, Object... arguments) {
        if (!kept) {
            violations.add(new Violation(event, type, rule, String.format(fault, arguments)));
        }
    }

    /** That an object has its fields. */
    void expect(Fields fields, Object json, Rule rule, String name) {
        fields.faults(json).forEach(fault -> expect(false, rule, "%s %s", name, fault));
    }

    List<Violation> all() {
        return List.copyOf(violations);
    }
}
