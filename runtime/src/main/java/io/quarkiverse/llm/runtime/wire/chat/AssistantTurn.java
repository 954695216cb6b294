package io.quarkiverse.llm.runtime.wire.chat;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ToolCall;

/** What an assistant did between two turns of others, which Chat Completions wants in one message. */
final class AssistantTurn {

    final List<String> reasoning = new ArrayList<>();
    final List<Content> content = new ArrayList<>();
    final List<ToolCall> calls = new ArrayList<>();

    void add(Message message) {
        content.addAll(message.content());
    }

    void add(Reasoning item) {
        if (!item.text().isEmpty()) {
            reasoning.add(item.text());
        }
    }

    void add(ToolCall call) {
        calls.add(call);
    }

    boolean isEmpty() {
        return reasoning.isEmpty() && content.isEmpty() && calls.isEmpty();
    }
}
