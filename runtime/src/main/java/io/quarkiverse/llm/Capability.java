package io.quarkiverse.llm;

/** Something a server or its model can or cannot do. */
public enum Capability {
    /** {@code POST /chat/completions}. */
    CHAT_COMPLETIONS_API,
    /** {@code POST /responses}. */
    RESPONSES_API,
    /** The Responses API over WebSocket. */
    WEBSOCKET,
    /** Tool calls at all. */
    TOOLS,
    /** Several tool calls in one answer. */
    PARALLEL_TOOL_CALLS,
    /** Thinks before it answers, and shows it or a summary. */
    REASONING,
    /** {@link Content.Image}. */
    IMAGE_INPUT,
    /** {@link Content.File}. */
    FILE_INPUT,
    /** {@link Content.Audio}. */
    AUDIO_INPUT,
    /** Answers that follow a JSON schema. */
    JSON_SCHEMA,
    /** {@link LlmProvider#responses()}. */
    STORED_RESPONSES,
    /** {@link LlmProvider#models()}. */
    MODEL_LISTING
}
