package io.quarkiverse.llm.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmModel;

/** Lists of models in the shapes of the servers. */
class ModelListTest {

    private static List<LlmModel> decode(String body) {
        return ModelList.decode("test", body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            // OpenAI
            "{'object':'list','data':[{'id':'one','object':'model','created':1,'owned_by':'o'},{'id':'two'}]}",
            // Ollama at /v1/models, and at /api/tags
            "{'object':'list','data':[{'id':'one','owned_by':'library'},{'id':'two'}]}",
            "{'models':[{'name':'one','model':'one','modified_at':'2026-01-01T00:00:00Z','size':3},{'name':'two'}]}",
            "{'object':'list','data':null,'models':[{'name':'one'},{'name':'two'}]}",
            // LM Studio at /api/v1/models
            "{'models':[{'type':'llm','key':'one','display_name':'One'},{'type':'llm','key':'two'}]}",
            // Together: no list around it
            "[{'id':'one','object':'model','created':0,'type':'chat'},{'id':'two'}]",
            "['one','two']",
            "{'data':[{'id':'one'},{'id':'two'},{'id':'one','owned_by':'another'}]}",
            "{'data':[{'id':'one'},null,7,{},{'id':''},{'id':'two'}]}" })
    void eachShapeIsAListOfModels(String body) {
        assertThat(decode(body)).extracting(LlmModel::id).containsExactly("one", "two");
    }

    /** Older versions of Ollama say null. */
    @ParameterizedTest
    @ValueSource(strings = { "{'object':'list','data':[]}", "{'models':[]}", "[]", "{'object':'list','data':null}" })
    void aServerMayHaveNoModel(String body) {
        assertThat(decode(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "{}", "{'data':{}}", "<html>", "{'error':'no'}" })
    void anythingElseIsNoList(String body) {
        assertThatThrownBy(() -> decode(body)).isInstanceOf(LlmDecodeException.class)
                .hasMessage("Provider 'test' answered with no list of models");
    }

    @Test
    void ownerAndTimeAreToldWhereTheServerTellsThem() {
        List<LlmModel> models = decode(
                "{'data':[{'id':'told','created':1700000000,'owned_by':'o'},{'id':'untold','created':0}]}");

        assertThat(models.get(0).ownedBy()).contains("o");
        assertThat(models.get(0).created()).contains(Instant.ofEpochSecond(1_700_000_000));
        assertThat(models.get(1).ownedBy()).isEmpty();
        assertThat(models.get(1).created()).isEmpty();
    }

    @Test
    void everythingTheServerSaidIsKept() {
        assertThat(decode("{'data':[{'id':'m','pricing':{'prompt':'0.1'}}]}").get(0).json().toJsonObject()
                .getJsonObject("pricing").getString("prompt")).isEqualTo("0.1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            // OpenRouter: what the model takes, and what the provider that it prefers takes
            "{'id':'m','context_length':1048576,'top_provider':{'context_length':131072}} | 131072",
            "{'id':'m','context_length':131072,'top_provider':{'context_length':null}} | 131072",
            // Together, Cohere
            "{'id':'m','context_length':32768} | 32768",
            // Groq
            "{'id':'m','context_window':131072,'active':true} | 131072",
            // vLLM
            "{'id':'m','max_model_len':4096} | 4096",
            // Mistral
            "{'id':'m','max_context_length':262144} | 262144",
            // LM Studio at /api/v0/models and /api/v1/models: loaded with less than it could take
            "{'id':'m','max_context_length':131072,'loaded_context_length':4096} | 4096",
            "{'key':'m','max_context_length':131072,'loaded_instances':[{'id':'m','config':{'context_length':8192}}]} | 8192",
            "{'key':'m','max_context_length':131072,'loaded_instances':[]} | 131072",
            // llama.cpp: older ones tell only what the model was trained with
            "{'id':'m','meta':{'n_ctx':8192,'n_ctx_train':32768}} | 8192",
            "{'id':'m','meta':{'n_ctx_train':32768}} | 32768",
            // Ollama
            "{'name':'m','details':{'context_length':40960}} | 40960",
            "{'id':'m','object':'model'} | ``",
            "{'id':'m','context_length':0,'meta':null,'max_model_len':'many'} | ``" })
    void theContextWindowIsTheOneTheModelRunsWith(String model, String expected) {
        assertThat(decode("[" + model + "]").get(0).contextWindow().map(String::valueOf).orElse("")).isEqualTo(expected);
    }

    @Test
    void aModelOfOllamaIsFoundWithoutItsTag() {
        List<LlmModel> models = decode("{'data':[{'id':'llama3:latest','context_window':1},{'id':'llama3:70b',"
                + "'context_window':2},{'id':'other','context_window':3}]}");

        assertThat(DiscoveredCapabilities.contextWindow(models, Optional.of("llama3"))).contains(1L);
        assertThat(DiscoveredCapabilities.contextWindow(models, Optional.of("llama3:70b"))).contains(2L);
        assertThat(DiscoveredCapabilities.contextWindow(models, Optional.of("llama"))).isEmpty();
    }
}
