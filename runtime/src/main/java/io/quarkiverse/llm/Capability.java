package io.quarkiverse.llm;

/** Something a server or its model can or cannot do. */
public enum Capability {
    CHAT_COMPLETIONS_API,
    RESPONSES_API,
    /** The Responses API over WebSocket. */
    WEBSOCKET,
    TOOLS,
    PARALLEL_TOOL_CALLS,
    REASONING,
    IMAGE_INPUT,
    FILE_INPUT,
    AUDIO_INPUT,
    /** Answers that follow a JSON schema. */
    JSON_SCHEMA,
    STORED_RESPONSES,
    MODEL_LISTING
}
