package io.quarkiverse.llm.runtime.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * Reads a server's list of models: OpenAI's {@code data}, {@code models} as Ollama and LM Studio have it in their own APIs, or
 * a bare array. llama.cpp has two of them, of which {@code models} tells the capabilities. Nothing but an id is needed; of
 * models with the same id the first counts.
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
            return distinct(models.stream().flatMap(ModelList::model));
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
            if (object.containsKey("data") && object.getValue("data") == null) {
                // Ollama without any model
                return new JsonArray();
            }
        }
        throw new NoSuchListException();
    }

    /** An id alone is a model too. */
    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(entry -> entry instanceof String id ? new JsonObject().put("id", id) : entry)
                .filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    /** Proxies name a model once for each server behind them. */
    private static List<LlmModel> distinct(Stream<LlmModel> models) {
        Map<String, LlmModel> byId = new LinkedHashMap<>();
        models.forEach(model -> byId.putIfAbsent(model.id(), model));
        return List.copyOf(byId.values());
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
        return id(model).map(name -> new LlmModel(name, text(model, "owned_by"), created(model), ContextWindow.of(model),
                RawJson.of(model))).stream();
    }

    private static Optional<String> text(JsonObject object, String name) {
        return object.getValue(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Instant> created(JsonObject model) {
        return model.getValue("created") instanceof Number seconds && seconds.longValue() > 0
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
    }

    private static final class NoSuchListException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
