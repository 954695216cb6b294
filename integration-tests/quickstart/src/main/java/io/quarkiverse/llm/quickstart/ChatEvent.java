package io.quarkiverse.llm.quickstart;

import com.fasterxml.jackson.annotation.JsonValue;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.ToolOutput;

/** What the browser sees: the provider's events as they are, and two of the application's own. */
public sealed interface ChatEvent {

    /** An event of the provider, in its own JSON form. */
    record FromProvider(@JsonValue LlmEvent event) implements ChatEvent {
    }

    /** A tool has been executed; its output belongs into the conversation. */
    record ToolResult(String type, ToolOutput item) implements ChatEvent {

        ToolResult(ToolOutput item) {
            this("tool_result", item);
        }
    }

    /** There will be no answer, or no more of it. */
    record Failure(String type, String message) implements ChatEvent {

        Failure(String message) {
            this("failure", message);
        }
    }
}
