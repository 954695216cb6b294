package io.quarkiverse.llm.test;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;

/** What can be asserted of a request wherever it was seen. */
public abstract class AbstractConversationAssert<S extends AbstractConversationAssert<S, A>, A> extends AbstractAssert<S, A> {

    AbstractConversationAssert(A actual, Class<S> self) {
        super(actual, self);
    }

    abstract Conversation conversation();

    abstract Object field(String pointer);

    /** There is a message of the user with exactly this text. */
    public S hasUserMessage(String text) {
        return hasMessage("a user message", turn -> turn.role().equals("user"), text);
    }

    /** There are instructions of the application, as a system or developer message, with exactly this text. */
    public S hasSystemMessage(String text) {
        return hasMessage("a system message", Conversation.Turn::isSystem, text);
    }

    /** There is a message of the assistant, from an earlier turn, with exactly this text. */
    public S hasAssistantMessage(String text) {
        return hasMessage("an assistant message", turn -> turn.role().equals("assistant"), text);
    }

    /** The output of the tool call with this id is exactly this text. */
    public S hasToolOutput(String callId, String text) {
        return hasMessage("an output of tool call '" + callId + "'", turn -> turn.callId().filter(callId::equals).isPresent(),
                text);
    }

    private S hasMessage(String kind, Predicate<Conversation.Turn> isOfKind, String text) {
        isNotNull();
        if (conversation().turns().stream().noneMatch(turn -> isOfKind.test(turn) && turn.text().equals(text))) {
            failWithMessage("Expected %s%n  %s%nbut the messages are%n%s", kind, text, conversation());
        }
        return myself;
    }

    /** The text of the user's last message. */
    public AbstractStringAssert<?> lastUserMessage() {
        isNotNull();
        return Assertions.assertThat(conversation().lastText("user")
                .orElseThrow(() -> failure("Expected a user message, but the messages are%n%s", conversation())))
                .as("the last user message");
    }

    /** The output of the tool call with this id. */
    public AbstractStringAssert<?> toolOutput(String callId) {
        isNotNull();
        return Assertions.assertThat(conversation().toolOutput(callId).orElseThrow(
                () -> failure("Expected an output of tool call '%s', but the messages are%n%s", callId, conversation())))
                .as("the output of tool call '%s'", callId);
    }

    /** The messages are from these, in this order: {@code system}, {@code user}, {@code assistant}, {@code tool}. */
    public S hasRoles(String... roles) {
        isNotNull();
        List<String> actualRoles = conversation().turns().stream().map(Conversation.Turn::role).toList();
        if (!actualRoles.equals(List.of(roles))) {
            failWithMessage("Expected messages of%n  %s%nbut they are%n%s", List.of(roles), conversation());
        }
        return myself;
    }

    /** The model may call tools of these names, and perhaps others. */
    public S offersTool(String... names) {
        isNotNull();
        if (!conversation().tools().containsAll(List.of(names))) {
            failWithMessage("Expected the tools%n  %s%nto be offered, but there are%n  %s", List.of(names),
                    conversation().tools());
        }
        return myself;
    }

    /** The model may call no tools. */
    public S offersNoTools() {
        isNotNull();
        if (!conversation().tools().isEmpty()) {
            failWithMessage("Expected no tools, but there are%n  %s", conversation().tools());
        }
        return myself;
    }

    /**
     * The JSON has this value at this JSON Pointer (RFC 6901).
     *
     * @param value a string, a number, a boolean, {@code null}, or what a {@code JsonObject} or {@code JsonArray} can be made
     *        of; numbers are equal by value
     */
    public S hasField(String pointer, Object value) {
        isNotNull();
        Object found = field(pointer);
        if (found == Json.ABSENT || !Json.equal(value, found)) {
            failWithMessage("Expected%n  %s%nto be%n  %s%nbut %s", pointer, Json.text(value), found == Json.ABSENT
                    ? "there is no such field in\n  " + json()
                    : "it is\n  " + Json.text(found));
        }
        return myself;
    }

    /** The JSON has nothing at this JSON Pointer (RFC 6901), not even {@code null}. */
    public S hasNoField(String pointer) {
        isNotNull();
        Object found = field(pointer);
        if (found != Json.ABSENT) {
            failWithMessage("Expected no%n  %s%nbut it is%n  %s", pointer, Json.text(found));
        }
        return myself;
    }

    abstract String json();

    S hasModel(String expected, String found) {
        isNotNull();
        if (!Objects.equals(expected, found)) {
            failWithMessage("Expected the model%n  %s%nbut it is%n  %s", expected, found);
        }
        return myself;
    }
}
