package io.quarkiverse.llm.runtime.config;

import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigGroup;

/**
 * What the server and its model can do, where the application knows better than the server's list of models and the preset.
 */
@ConfigGroup
public interface CapabilitiesConfig {

    /**
     * Whether the server has the Chat Completions API. Unless set, the server's list of models says it, or the
     * preset; so it is for each of these keys.
     */
    Optional<Boolean> chatCompletionsApi();

    /**
     * Whether the server has the Responses API.
     */
    Optional<Boolean> responsesApi();

    /**
     * Whether the server has the Responses API over WebSocket.
     */
    Optional<Boolean> websocket();

    /**
     * Whether the model can call tools.
     */
    Optional<Boolean> tools();

    /**
     * Whether the model can ask for several tool calls at once.
     */
    Optional<Boolean> parallelToolCalls();

    /**
     * Whether the model thinks before it answers and shows it.
     */
    Optional<Boolean> reasoning();

    /**
     * Whether the model takes images.
     */
    Optional<Boolean> imageInput();

    /**
     * Whether the model takes files.
     */
    Optional<Boolean> fileInput();

    /**
     * Whether the model takes audio.
     */
    Optional<Boolean> audioInput();

    /**
     * Whether the server holds answers to a JSON schema.
     */
    Optional<Boolean> jsonSchema();

    /**
     * Whether the server keeps responses, to be read and continued.
     */
    Optional<Boolean> storedResponses();

    /**
     * Whether the server lists its models.
     */
    Optional<Boolean> modelListing();
}
