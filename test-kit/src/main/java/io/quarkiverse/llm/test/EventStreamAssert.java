package io.quarkiverse.llm.test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.assertj.core.api.AbstractAssert;

import io.quarkiverse.llm.scripted.grammar.Violation;

/** Assertions on the body of a {@code text/event-stream} that a server sent. */
public final class EventStreamAssert extends AbstractAssert<EventStreamAssert, String> {

    private final Function<byte[], List<Violation>> grammar;

    EventStreamAssert(String actual, Function<byte[], List<Violation>> grammar) {
        super(actual, EventStreamAssert.class);
        this.grammar = grammar;
    }

    /**
     * The stream has only what every client understands: its lines, the order of its events, their fields, and what must agree
     * between them. The failure names each event that breaks a rule, and the rule.
     */
    public EventStreamAssert isLegal() {
        isNotNull();
        List<Violation> violations = grammar.apply(actual.getBytes(StandardCharsets.UTF_8));
        if (!violations.isEmpty()) {
            failWithMessage("Expected a legal event stream, but%n%s%nin%n%s",
                    violations.stream().map(violation -> "  " + violation).collect(Collectors.joining("\n")), actual);
        }
        return this;
    }
}
