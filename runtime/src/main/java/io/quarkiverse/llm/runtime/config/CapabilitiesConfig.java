package io.quarkiverse.llm.runtime.config;

import java.util.Optional;

import io.quarkiverse.llm.runtime.config.value.TrueOrFalse;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithConverter;

/**
 * What the server and its model can do, where the application knows better than the server's list of models and the preset.
 */
@ConfigGroup
public interface CapabilitiesConfig {

    /**
     * Whether the server has the Chat Completions API. Unless set, the server's list of models says it, or the
     * preset; so it is for each of these keys.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> chatCompletionsApi();

    /**
     * Whether the server has the Responses API.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> responsesApi();

    /**
     * Whether the server has the Responses API over WebSocket.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> websocket();

    /**
     * Whether the model can call tools.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> tools();

    /**
     * Whether the model can ask for several tool calls at once.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> parallelToolCalls();

    /**
     * Whether the model thinks before it answers and shows it.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> reasoning();

    /**
     * Whether the model takes images.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> imageInput();

    /**
     * Whether the model takes files.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> fileInput();

    /**
     * Whether the model takes audio.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> audioInput();

    /**
     * Whether the server holds answers to a JSON schema.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> jsonSchema();

    /**
     * Whether the server keeps responses, to be read and continued.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> storedResponses();

    /**
     * Whether the server lists its models.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> modelListing();
}
