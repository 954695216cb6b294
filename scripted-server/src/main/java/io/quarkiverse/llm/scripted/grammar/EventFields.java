package io.quarkiverse.llm.scripted.grammar;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The events of the Responses API and what each of them must have besides its type and its number. */
final class EventFields {

    private static final Map<String, Fields> FIELDS = new HashMap<>();
    private static final Set<String> OF_HOSTED_TOOLS = Set.of("code_interpreter_call.completed",
            "code_interpreter_call.in_progress", "code_interpreter_call.interpreting", "file_search_call.completed",
            "file_search_call.in_progress", "file_search_call.searching", "image_generation_call.completed",
            "image_generation_call.generating", "image_generation_call.in_progress", "mcp_call.completed", "mcp_call.failed",
            "mcp_call.in_progress", "mcp_list_tools.completed", "mcp_list_tools.failed", "mcp_list_tools.in_progress",
            "web_search_call.completed", "web_search_call.in_progress", "web_search_call.searching", "compaction.compacting");

    static {
        for (String type : Set.of("created", "queued", "in_progress", "completed", "incomplete", "failed")) {
            put(type, Fields.of("response object"));
        }
        // its own rule says more
        FIELDS.put("error", Fields.of());
        Fields item = Fields.of("output_index integer", "item object");
        put("output_item.added", item);
        put("output_item.done", item);

        Fields place = Fields.of("item_id id", "output_index integer");
        OF_HOSTED_TOOLS.forEach(type -> put(type, place));
        put("function_call_arguments.delta", place.and("delta string"));
        put("function_call_arguments.done", place.and("name id", "arguments string"));
        put("custom_tool_call_input.delta", place.and("delta string"));
        put("custom_tool_call_input.done", place.and("input string"));
        put("mcp_call_arguments.delta", place.and("delta string"));
        put("mcp_call_arguments.done", place.and("arguments string"));
        put("code_interpreter_call_code.delta", place.and("delta string"));
        put("code_interpreter_call_code.done", place.and("code string"));
        put("image_generation_call.partial_image",
                place.and("partial_image_index integer", "partial_image_b64 string"));
        Fields command = Fields.of("output_index integer", "command_index integer");
        put("shell_call_command.added", command.and("command string"));
        put("shell_call_command.delta", command.and("delta string"));
        put("shell_call_command.done", command.and("command string"));
        put("shell_call_output_content.delta", place.and("command_index integer", "delta any"));
        put("shell_call_output_content.done", place.and("command_index integer", "output array"));
        put("apply_patch_call_operation_diff.delta", place.and("delta string"));
        put("apply_patch_call_operation_diff.done", place.and("diff string"));

        Fields content = place.and("content_index integer");
        put("content_part.added", content.and("part object"));
        put("content_part.done", content.and("part object"));
        put("output_text.delta", content.and("delta string", "logprobs array"));
        put("output_text.done", content.and("text string", "logprobs array"));
        put("output_text.annotation.added", content.and("annotation_index integer", "annotation object"));
        put("refusal.delta", content.and("delta string"));
        put("refusal.done", content.and("refusal string"));
        for (String reasoning : Set.of("reasoning_text", "reasoning")) {
            put(reasoning + ".delta", content.and("delta string"));
            put(reasoning + ".done", content.and("text string"));
        }
        Fields summary = place.and("summary_index integer");
        put("reasoning_summary_part.added", summary.and("part object"));
        put("reasoning_summary_part.done", summary.and("part object"));
        put("reasoning_summary_text.delta", summary.and("delta string"));
        put("reasoning_summary_text.done", summary.and("text string"));
    }

    private EventFields() {
    }

    private static void put(String type, Fields fields) {
        FIELDS.put("response." + type, fields);
    }

    /** @return {@code null} if there is no such event */
    static Fields of(String type) {
        return FIELDS.get(type);
    }
}
