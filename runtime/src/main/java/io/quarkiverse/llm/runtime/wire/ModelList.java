package io.quarkiverse.llm.runtime.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmModel;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Reads a server's list of models: OpenAI's {@code data}, Ollama's {@code models}, or a bare array. llama.cpp has two of them,
 * of which {@code models} tells the capabilities.
 */
public final class ModelList {

    private ModelList() {
    }

    /**
     * @throws LlmDecodeException when there is no list in it
     */
    public static List<LlmModel> decode(String provider, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            Object json = Json.decodeValue(text);
            List<JsonObject> models = objects(list(json)).toList();
            if (json instanceof JsonObject object && object.getValue("data") instanceof JsonArray
                    && object.getValue("models") instanceof JsonArray twins) {
                models.forEach(model -> complete(model, twins));
            }
            return models.stream().flatMap(ModelList::model).toList();
        } catch (DecodeException | NoSuchListException e) {
            throw new LlmDecodeException(SettingKey.subject(provider) + " answered with no list of models", text,
                    LlmErrorDetails.of(provider), e);
        }
    }

    private static JsonArray list(Object json) {
        if (json instanceof JsonArray array) {
            return array;
        }
        if (json instanceof JsonObject object) {
            for (String name : List.of("data", "models")) {
                if (object.getValue(name) instanceof JsonArray array) {
                    return array;
                }
            }
        }
        throw new NoSuchListException();
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    /** Adds what the other list says of the model and this one does not. */
    private static void complete(JsonObject model, JsonArray twins) {
        Optional<String> id = id(model);
        objects(twins).filter(twin -> id.isPresent() && id(twin).equals(id)).findFirst()
                .ifPresent(twin -> twin.forEach(field -> model.getMap().putIfAbsent(field.getKey(), field.getValue())));
    }

    private static Optional<String> id(JsonObject model) {
        // LM Studio's own list calls it key.
        return Stream.of("id", "name", "model", "key").map(name -> text(model, name)).flatMap(Optional::stream).findFirst();
    }

    private static Stream<LlmModel> model(JsonObject model) {
        return id(model)
                .map(name -> new LlmModel(name, text(model, "owned_by"), created(model), contextWindow(model),
                        RawJson.of(model)))
                .stream();
    }

    private static Optional<String> text(JsonObject object, String name) {
        return object.getValue(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Instant> created(JsonObject model) {
        return number(model, "created").filter(seconds -> seconds > 0).map(Instant::ofEpochSecond);
    }

    /** OpenRouter and Groq, vLLM, llama.cpp: each has its own name for it. */
    private static Optional<Long> contextWindow(JsonObject model) {
        return Stream.of("context_length", "context_window", "max_model_len", "max_context_length")
                .map(name -> number(model, name)).flatMap(Optional::stream).findFirst()
                .or(() -> model.getValue("meta") instanceof JsonObject meta ? number(meta, "n_ctx") : Optional.empty());
    }

    private static Optional<Long> number(JsonObject object, String name) {
        return object.getValue(name) instanceof Number number ? Optional.of(number.longValue())
                : Optional.empty();
    }

    private static final class NoSuchListException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
