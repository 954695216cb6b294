package io.quarkiverse.llm.runtime.wire.responses;

import java.util.Set;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.UnknownEvent;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonValue;

/**
 * Keeps back what a server says that no client need know: official clients throw at a type of event that is new to them. What
 * OpenAI's description of the API has for the items of hosted tools passes, where it says of which item it is.
 */
record KnownEvents(Consumer<LlmEvent> events) implements Consumer<LlmEvent> {

    private static final Set<String> OF_HOSTED_ITEMS = Set.of("response.code_interpreter_call.in_progress",
            "response.code_interpreter_call.interpreting", "response.code_interpreter_call.completed",
            "response.code_interpreter_call_code.delta", "response.code_interpreter_call_code.done",
            "response.file_search_call.in_progress", "response.file_search_call.searching",
            "response.file_search_call.completed", "response.image_generation_call.in_progress",
            "response.image_generation_call.generating", "response.image_generation_call.partial_image",
            "response.image_generation_call.completed", "response.mcp_call.in_progress", "response.mcp_call.completed",
            "response.mcp_call.failed", "response.mcp_call_arguments.delta", "response.mcp_call_arguments.done",
            "response.mcp_list_tools.in_progress", "response.mcp_list_tools.completed", "response.mcp_list_tools.failed",
            "response.shell_call_command.added", "response.shell_call_command.delta", "response.shell_call_command.done",
            "response.shell_call_output_content.delta", "response.shell_call_output_content.done",
            "response.web_search_call.in_progress", "response.web_search_call.searching",
            "response.web_search_call.completed");

    @Override
    public void accept(LlmEvent event) {
        if (!(event instanceof UnknownEvent unknown) || isOfItem(unknown)) {
            events.accept(event);
        }
    }

    private static boolean isOfItem(UnknownEvent event) {
        if (!OF_HOSTED_ITEMS.contains(event.type())) {
            return false;
        }
        try {
            JsonValue json = JsonValue.of(event.json().text());
            return json.isObject() && json.object().integer("output_index").isPresent();
        } catch (JsonShapeException e) {
            return false;
        }
    }
}
