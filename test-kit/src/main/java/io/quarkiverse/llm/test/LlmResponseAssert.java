package io.quarkiverse.llm.test;

import java.util.Objects;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Usage;

/** Assertions on a whole answer. */
public final class LlmResponseAssert extends AbstractAssert<LlmResponseAssert, LlmResponse> {

    LlmResponseAssert(LlmResponse actual) {
        super(actual, LlmResponseAssert.class);
    }

    /** It is whole. */
    public LlmResponseAssert isCompleted() {
        isNotNull();
        if (actual.status() != ResponseStatus.COMPLETED) {
            failWithMessage("Expected a completed response, but it is%n  %s", described());
        }
        return this;
    }

    /** It was cut for this reason, for instance {@code max_output_tokens}. */
    public LlmResponseAssert isIncomplete(String reason) {
        isNotNull();
        if (actual.status() != ResponseStatus.INCOMPLETE || !actual.incompleteReason().filter(reason::equals).isPresent()) {
            failWithMessage("Expected a response that is incomplete because of%n  %s%nbut it is%n  %s", reason, described());
        }
        return this;
    }

    private String described() {
        return actual.status() + actual.incompleteReason().map(reason -> " because of " + reason).orElse("")
                + ", finish reason " + actual.finishReason() + ", text \"" + actual.text() + "\"";
    }

    /** Its text is exactly this. */
    public LlmResponseAssert hasText(String text) {
        return has("text", text, actual == null ? null : actual.text());
    }

    /** Its text. */
    public AbstractStringAssert<?> text() {
        isNotNull();
        return Assertions.assertThat(actual.text()).as("the text of the response");
    }

    /** Its reasoning is exactly this. */
    public LlmResponseAssert hasReasoning(String text) {
        return has("reasoning", text, actual == null ? null : actual.reasoningText());
    }

    /** It is of this model. */
    public LlmResponseAssert hasModel(String model) {
        return has("model", model, actual == null ? null : actual.model());
    }

    /** The model stopped for this reason. */
    public LlmResponseAssert hasFinishReason(FinishReason reason) {
        return has("finish reason", reason, actual == null ? null : actual.finishReason());
    }

    /** The tokens of request and answer are these. */
    public LlmResponseAssert hasUsage(long inputTokens, long outputTokens) {
        isNotNull();
        Usage usage = actual.usage().orElse(null);
        if (usage == null || usage.inputTokens() != inputTokens || usage.outputTokens() != outputTokens) {
            failWithMessage("Expected %s input and %s output tokens, but the usage is%n  %s", inputTokens, outputTokens, usage);
        }
        return this;
    }

    /** It asks for a call of this tool, ready to be executed, with arguments that are this JSON by value. */
    public LlmResponseAssert hasToolCall(String name, String arguments) {
        isNotNull();
        if (actual.toolCalls().stream().noneMatch(call -> ToolCallMatch.matches(call, name, arguments))) {
            failWithMessage("Expected the tool call%n  %s %s%nbut %s", name, arguments, ToolCallMatch.list(actual.toolCalls()));
        }
        return this;
    }

    /** It asks for no tool calls. */
    public LlmResponseAssert hasNoToolCalls() {
        isNotNull();
        if (!actual.toolCalls().isEmpty()) {
            failWithMessage("Expected no tool calls, but %s", ToolCallMatch.list(actual.toolCalls()));
        }
        return this;
    }

    private LlmResponseAssert has(String what, Object expected, Object found) {
        isNotNull();
        if (!Objects.equals(expected, found)) {
            failWithActualExpectedAndMessage(found, expected, "Expected the %s%n  %s%nbut it is%n  %s", what, expected, found);
        }
        return this;
    }
}
