package io.quarkiverse.llm.runtime.wire;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmModel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a server's list of models says of what a model can do. Each server has its own way to say it; most say nothing. */
public final class DiscoveredCapabilities {

    /** In an array of words or as names of flags: Ollama and LM Studio, Mistral, llama.cpp. */
    private static final Map<Capability, Set<String>> WORDS = Map.of(
            Capability.TOOLS, Set.of("tools", "tool_use", "trained_for_tool_use", "function_calling"),
            Capability.IMAGE_INPUT, Set.of("vision", "image"),
            Capability.AUDIO_INPUT, Set.of("audio"),
            Capability.REASONING, Set.of("thinking", "reasoning"));

    /** In OpenRouter's list of parameters. */
    private static final Map<Capability, Set<String>> PARAMETERS = Map.of(
            Capability.TOOLS, Set.of("tools"),
            Capability.REASONING, Set.of("reasoning", "include_reasoning", "reasoning_effort"),
            Capability.JSON_SCHEMA, Set.of("structured_outputs"));

    private static final Map<Capability, Set<String>> MODALITIES = Map.of(
            Capability.IMAGE_INPUT, Set.of("image"),
            Capability.FILE_INPUT, Set.of("file", "pdf"),
            Capability.AUDIO_INPUT, Set.of("audio"));

    private final Map<Capability, Support> found = new EnumMap<>(Capability.class);

    private DiscoveredCapabilities() {
    }

    /** Of the model with that name, or of the only one there is when no name is given. */
    public static Map<Capability, Support> of(List<LlmModel> models, Optional<String> name) {
        return only(models, name).map(DiscoveredCapabilities::of).orElse(Map.of());
    }

    /** The tokens it takes, of the same model. */
    public static Optional<Long> contextWindow(List<LlmModel> models, Optional<String> name) {
        return only(models, name).flatMap(LlmModel::contextWindow);
    }

    private static Optional<LlmModel> only(List<LlmModel> models, Optional<String> name) {
        if (name.isEmpty()) {
            return models.size() == 1 ? Optional.of(models.get(0)) : Optional.empty();
        }
        // Ollama lists llama3:latest and answers to llama3
        return named(models, name.get()).or(() -> named(models, name.get() + ":latest"));
    }

    private static Optional<LlmModel> named(List<LlmModel> models, String name) {
        return models.stream().filter(model -> model.id().equals(name)).findFirst();
    }

    private static Map<Capability, Support> of(LlmModel model) {
        DiscoveredCapabilities discovered = new DiscoveredCapabilities();
        discovered.read(model.json().toJsonObject());
        return discovered.found;
    }

    private void read(JsonObject model) {
        if (model.getValue("capabilities") instanceof JsonObject flags) {
            WORDS.forEach((capability, names) -> names.forEach(name -> flag(capability, flags.getValue(name))));
        } else if (model.getValue("capabilities") instanceof JsonArray words) {
            // What is not in it may only not be told: llama.cpp tells nothing of tools.
            WORDS.forEach((capability, names) -> told(capability, names, words, false));
        }
        // LM Studio: in the older of its lists a model of text alone is an "llm", in the newer one every model is.
        if ("vlm".equals(model.getValue("type"))) {
            found.put(Capability.IMAGE_INPUT, Support.YES);
        } else if ("llm".equals(model.getValue("type"))) {
            found.putIfAbsent(Capability.IMAGE_INPUT, Support.NO);
        }
        array(model, "supported_parameters").ifPresent(names -> all(PARAMETERS, names));
        array(model, "supported_parameters").filter(names -> names.contains("parallel_tool_calls"))
                .ifPresent(names -> found.put(Capability.PARALLEL_TOOL_CALLS, Support.YES));
        array(model, "input_modalities").ifPresent(names -> all(MODALITIES, names));
        if (model.getValue("architecture") instanceof JsonObject architecture) {
            array(architecture, "input_modalities").ifPresent(names -> all(MODALITIES, names));
        }
    }

    private static Optional<JsonArray> array(JsonObject object, String name) {
        return object.getValue(name) instanceof JsonArray array ? Optional.of(array) : Optional.empty();
    }

    /** A list that names everything the model can. */
    private void all(Map<Capability, Set<String>> vocabulary, JsonArray names) {
        vocabulary.forEach((capability, words) -> told(capability, words, names, true));
    }

    private void told(Capability capability, Set<String> words, JsonArray names, boolean complete) {
        Set<Object> said = names.stream().collect(Collectors.toSet());
        if (words.stream().anyMatch(said::contains)) {
            found.put(capability, Support.YES);
        } else if (complete) {
            found.putIfAbsent(capability, Support.NO);
        }
    }

    /** What is described in an object is there. */
    private void flag(Capability capability, Object value) {
        if (value instanceof Boolean there) {
            found.put(capability, there ? Support.YES : Support.NO);
        } else if (value instanceof JsonObject) {
            found.put(capability, Support.YES);
        }
    }
}
