package io.quarkiverse.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The setters of a request that build up the conversation and its tools. */
abstract sealed class ConversationBuilder<B extends ConversationBuilder<B>> extends OptionsBuilder<B>
        permits ExchangeBuilder {

    final List<Item> input = new ArrayList<>();
    final List<Tool> tools = new ArrayList<>();

    /** Adds a user's message. */
    public final B user(String text) {
        return item(Message.user(text));
    }

    /** Adds a user's message of several parts. */
    public final B user(Content... content) {
        return item(Message.user(content));
    }

    /** Adds an assistant's message, for histories that were not recorded as responses. */
    public final B assistant(String text) {
        return item(Message.assistant(text));
    }

    /** Adds a system message at this place; what holds for the whole conversation is {@link LlmRequest#instructions()}. */
    public final B system(String text) {
        return item(Message.system(text));
    }

    /** Adds an item. */
    public final B item(Item item) {
        input.add(Objects.requireNonNull(item, "item"));
        return self();
    }

    /** Adds items. */
    public final B items(List<? extends Item> items) {
        items.forEach(this::item);
        return self();
    }

    /** Adds everything the model has answered: its words, its reasoning, its calls, in order and with their ids. */
    public final B append(LlmResponse response) {
        return items(response.output());
    }

    /** Adds the output of a tool call that stands before it; of a custom call when that was one. */
    public final B toolOutput(String callId, String output) {
        return item(ToolOutput.of(callId, output).withKind(kindOf(callId)));
    }

    /** Calls are answered at the end of a conversation. */
    private ToolCall.Kind kindOf(String callId) {
        for (int i = input.size() - 1; i >= 0; i--) {
            if (input.get(i) instanceof ToolCall call && call.callId().equals(callId)) {
                return call.kind();
            }
        }
        return ToolCall.Kind.FUNCTION;
    }

    /** Replaces the whole input. */
    public final B input(List<? extends Item> items) {
        input.clear();
        return items(items);
    }

    /** Offers a further tool. */
    public final B tool(Tool tool) {
        tools.add(Objects.requireNonNull(tool, "tool"));
        return self();
    }

    /** Replaces the offered tools. */
    public final B tools(List<? extends Tool> tools) {
        this.tools.clear();
        tools.forEach(this::tool);
        return self();
    }
}
