package io.quarkiverse.llm.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.api.ObjectAssert;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.TextDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallArgumentsDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallComplete;
import io.quarkiverse.llm.LlmEvent.ToolCallStart;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.ToolCall;

/** Assertions on the events of one stream, besides those on any list. */
public final class LlmEventsAssert
        extends AbstractListAssert<LlmEventsAssert, List<LlmEvent>, LlmEvent, ObjectAssert<LlmEvent>> {

    LlmEventsAssert(List<LlmEvent> actual) {
        super(actual, LlmEventsAssert.class);
    }

    /** The text deltas, joined, are exactly this. */
    public LlmEventsAssert hasText(String text) {
        isNotNull();
        String joined = String.join("", textDeltas());
        if (!joined.equals(text)) {
            failWithActualExpectedAndMessage(joined, text, "Expected the text%n  %s%nbut it is%n  %s%nin%n%s", text, joined,
                    listed());
        }
        return this;
    }

    /** The text came in exactly these deltas. */
    public LlmEventsAssert hasTextDeltas(String... deltas) {
        isNotNull();
        if (!textDeltas().equals(List.of(deltas))) {
            failWithMessage("Expected the text deltas%n  %s%nbut they are%n  %s", List.of(deltas), textDeltas());
        }
        return this;
    }

    private List<String> textDeltas() {
        return actual.stream().filter(TextDelta.class::isInstance).map(event -> ((TextDelta) event).delta()).toList();
    }

    /** The deltas of the reasoning, joined, are exactly this. */
    public LlmEventsAssert hasReasoning(String text) {
        isNotNull();
        String joined = actual.stream().filter(ReasoningDelta.class::isInstance).map(event -> ((ReasoningDelta) event).delta())
                .collect(Collectors.joining());
        if (!joined.equals(text)) {
            failWithActualExpectedAndMessage(joined, text, "Expected the reasoning%n  %s%nbut it is%n  %s%nin%n%s", text,
                    joined, listed());
        }
        return this;
    }

    /** The events are of exactly these types, in this order. */
    @SafeVarargs
    public final LlmEventsAssert hasTypes(Class<? extends LlmEvent>... types) {
        isNotNull();
        Class<?>[] expected = types;
        if (!Arrays.equals(actual.stream().map(Object::getClass).toArray(), expected)) {
            failWithMessage("Expected events of the types%n%s%nbut they are%n%s",
                    Arrays.stream(expected).map(type -> "  " + type.getSimpleName()).collect(Collectors.joining("\n")),
                    listed());
        }
        return this;
    }

    /**
     * A call of this tool was streamed: its start, then its arguments in deltas, then the whole call, whose arguments are the
     * deltas joined and this JSON by value.
     */
    public LlmEventsAssert hasToolCall(String name, String arguments) {
        isNotNull();
        List<ToolCall> calls = streamedCalls();
        if (calls.stream().noneMatch(call -> ToolCallMatch.matches(call, name, arguments))) {
            failWithMessage("Expected the tool call%n  %s %s%nto be streamed, but %s%nin%n%s", name, arguments,
                    ToolCallMatch.list(calls), listed());
        }
        return this;
    }

    private List<ToolCall> streamedCalls() {
        List<ToolCall> calls = new ArrayList<>();
        for (LlmEvent event : actual) {
            if (event instanceof ToolCallComplete complete) {
                check(complete);
                calls.add(complete.call());
            }
        }
        return calls;
    }

    private void check(ToolCallComplete complete) {
        String callId = complete.call().callId();
        boolean started = false;
        StringBuilder deltas = new StringBuilder();
        for (LlmEvent event : actual.subList(0, actual.indexOf(complete))) {
            if (event instanceof ToolCallStart start && start.callId().equals(callId)) {
                started = true;
            } else if (started && event instanceof ToolCallArgumentsDelta delta && delta.callId().equals(callId)) {
                deltas.append(delta.delta());
            }
        }
        if (!started || !deltas.toString().equals(complete.call().arguments())) {
            failWithMessage("Expected a start and all arguments in deltas before the complete tool call '%s', but the events "
                    + "are%n%s", callId, listed());
        }
    }

    /** No tool call has begun. */
    public LlmEventsAssert hasNoToolCalls() {
        isNotNull();
        if (actual.stream().anyMatch(ToolCallStart.class::isInstance)) {
            failWithMessage("Expected no tool calls, but the events are%n%s", listed());
        }
        return this;
    }

    /** The last event is the end of a completed response. */
    public LlmEventsAssert endsCompleted() {
        response().isCompleted();
        return this;
    }

    /** The last event is the end of a response that was cut for this reason, for instance {@code max_output_tokens}. */
    public LlmEventsAssert endsIncomplete(String reason) {
        response().isIncomplete(reason);
        return this;
    }

    /** The response of the last event. */
    public LlmResponseAssert response() {
        isNotNull();
        return new LlmResponseAssert(ended());
    }

    private LlmResponse ended() {
        if (!actual.isEmpty() && actual.get(actual.size() - 1) instanceof ResponseCompleted completed) {
            return completed.response();
        }
        throw failure("Expected the end of a response as the last event, but the events are%n%s", listed());
    }

    @Override
    protected ObjectAssert<LlmEvent> toAssert(LlmEvent value, String description) {
        return new ObjectAssert<>(value).as(description);
    }

    @Override
    protected LlmEventsAssert newAbstractIterableAssert(Iterable<? extends LlmEvent> iterable) {
        List<LlmEvent> events = new ArrayList<>();
        iterable.forEach(events::add);
        return new LlmEventsAssert(events);
    }

    private String listed() {
        return actual.isEmpty() ? "  (no events)" : actual.stream().map(EventLine::of).collect(Collectors.joining("\n"));
    }
}
