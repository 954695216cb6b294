package io.quarkiverse.llm.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.LlmModel;

/** Entries of lists of models in the forms of the servers, and what they say. */
class DiscoveredCapabilitiesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            // OpenAI, Groq, vLLM, xAI: nothing of that kind
            "{'id':'m','object':'model','created':1,'owned_by':'openai'} | ``",
            "{'id':'m','object':'model','max_model_len':4096} | ``",
            // Mistral
            "{'id':'m','capabilities':{'completion_chat':true,'function_calling':true,'vision':false,'fine_tuning':false}} "
                    + "| IMAGE_INPUT=NO TOOLS=YES",
            // OpenRouter
            "{'id':'m','architecture':{'input_modalities':['text','image','file']},'supported_parameters':['tools',"
                    + "'tool_choice','reasoning','structured_outputs','parallel_tool_calls']} "
                    + "| AUDIO_INPUT=NO FILE_INPUT=YES IMAGE_INPUT=YES JSON_SCHEMA=YES PARALLEL_TOOL_CALLS=YES REASONING=YES "
                    + "TOOLS=YES",
            "{'id':'m','architecture':{'input_modalities':['text']},'supported_parameters':['temperature']} "
                    + "| AUDIO_INPUT=NO FILE_INPUT=NO IMAGE_INPUT=NO JSON_SCHEMA=NO REASONING=NO TOOLS=NO",
            // llama.cpp in front of several models
            "{'id':'m','architecture':{'input_modalities':['text','image','audio'],'output_modalities':['text']}} "
                    + "| AUDIO_INPUT=YES FILE_INPUT=NO IMAGE_INPUT=YES",
            // LM Studio: /api/v0/models and /api/v1/models
            "{'id':'m','type':'vlm','capabilities':['tool_use']} | IMAGE_INPUT=YES TOOLS=YES",
            "{'id':'m','type':'llm'} | IMAGE_INPUT=NO",
            "{'type':'llm','key':'m','capabilities':{'vision':false,'reasoning':{'default':'on'}}} "
                    + "| IMAGE_INPUT=NO REASONING=YES",
            "{'type':'llm','key':'m','capabilities':{'vision':true,'trained_for_tool_use':false}} | IMAGE_INPUT=YES TOOLS=NO",
            // Ollama
            "{'name':'m','capabilities':['completion','tools','thinking','vision']} | IMAGE_INPUT=YES REASONING=YES TOOLS=YES",
            "{'id':'m','capabilities':'none','architecture':7,'supported_parameters':null} | ``" })
    void aModelSaysWhatItCan(String json, String expected) {
        List<LlmModel> models = decode("{\"data\":[" + json.replace('\'', '"') + "]}");

        Map<String, String> found = new TreeMap<>();
        DiscoveredCapabilities.of(models, Optional.of("m")).forEach((capability, support) -> found.put(capability.name(),
                support.name()));
        assertThat(found).isEqualTo(Stream.of(expected.split(" ")).filter(one -> !one.isEmpty())
                .collect(TreeMap::new, (map, one) -> map.put(one.split("=")[0], one.split("=")[1]), Map::putAll));
    }

    @Test
    void anotherModelSaysNothingOfTheConfiguredOne() {
        List<LlmModel> models = decode("{\"data\":[{\"id\":\"other\",\"capabilities\":[\"tools\"]}]}");

        assertThat(DiscoveredCapabilities.of(models, Optional.of("m"))).isEmpty();
        assertThat(DiscoveredCapabilities.of(models, Optional.empty())).isNotEmpty();
        assertThat(DiscoveredCapabilities.of(List.of(), Optional.empty())).isEmpty();
    }

    @Test
    void bothListsOfLlamaCppMakeOneModel() throws IOException {
        try (InputStream recorded = getClass().getResourceAsStream("/corpus/llama-cpp/plain/models.json")) {
            List<LlmModel> models = ModelList.decode("test", recorded.readAllBytes());

            assertThat(models).singleElement().satisfies(model -> {
                assertThat(model.id()).isEqualTo("stories260K");
                assertThat(model.contextWindow()).contains(8192L);
                assertThat(model.json().toJsonObject().getJsonArray("capabilities")).containsExactly("completion");
                assertThat(model.json().toJsonObject().getString("owned_by")).isEqualTo("llamacpp");
            });
            assertThat(DiscoveredCapabilities.of(models, Optional.empty())).isEmpty();
        }
    }

    private static List<LlmModel> decode(String body) {
        return ModelList.decode("test", body.getBytes(StandardCharsets.UTF_8));
    }
}
