package io.quarkiverse.llm.runtime.wire.responses;

import java.util.HashMap;
import java.util.Map;

/** What an event of a stream does, with the names that servers have for it. */
enum EventKind {
    ANNOUNCEMENT("response.created"),
    PROGRESS("response.queued", "response.in_progress"),
    /** The status of its response says how it ended. */
    END("response.completed", "response.incomplete", "response.failed", "response.cancelled", "response.done"),
    /** The second is that of servers which give every event the prefix. */
    ERROR("error", "response.error"),
    ITEM_ADDED("response.output_item.added"),
    ITEM_DONE("response.output_item.done"),
    /** The second is vLLM's. */
    PART_ADDED("response.content_part.added", "response.reasoning_part.added"),
    PART_DONE("response.content_part.done", "response.reasoning_part.done"),
    TEXT_DELTA("response.output_text.delta"),
    TEXT_DONE("response.output_text.done"),
    ANNOTATION("response.output_text.annotation.added"),
    REFUSAL_DELTA("response.refusal.delta"),
    REFUSAL_DONE("response.refusal.done"),
    ARGUMENTS_DELTA("response.function_call_arguments.delta"),
    ARGUMENTS_DONE("response.function_call_arguments.done"),
    INPUT_DELTA("response.custom_tool_call_input.delta"),
    INPUT_DONE("response.custom_tool_call_input.done"),
    SUMMARY_PART_ADDED("response.reasoning_summary_part.added"),
    SUMMARY_PART_DONE("response.reasoning_summary_part.done"),
    SUMMARY_DELTA("response.reasoning_summary_text.delta"),
    SUMMARY_DONE("response.reasoning_summary_text.done"),
    /** The second is that of Open Responses. */
    REASONING_DELTA("response.reasoning_text.delta", "response.reasoning.delta"),
    REASONING_DONE("response.reasoning_text.done", "response.reasoning.done"),
    /** Signs of life that say nothing of the response. */
    NOISE("keepalive", "ping", "response.rate_limits.updated", "codex.rate_limits"),
    /** Anything else: hosted tools, and what servers will think of next. */
    OTHER;

    private static final Map<String, EventKind> BY_TYPE = new HashMap<>();

    static {
        for (EventKind kind : values()) {
            for (String type : kind.types) {
                BY_TYPE.put(type, kind);
            }
        }
    }

    private final String[] types;

    EventKind(String... types) {
        this.types = types;
    }

    static EventKind of(String type) {
        return BY_TYPE.getOrDefault(type, OTHER);
    }
}
