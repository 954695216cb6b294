package io.quarkiverse.llm.runtime.json;

import static io.quarkiverse.llm.runtime.json.Form.assertForm;
import static io.quarkiverse.llm.runtime.json.Form.assertReads;
import static io.quarkiverse.llm.runtime.json.Form.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolChoice;

class RequestFormTest {

    @Test
    void smallest() {
        assertForm(LlmRequest.of("Why is the sky blue?"), LlmRequest.class, """
                {"input":[{"type":"message","role":"user",\
                "content":[{"type":"input_text","text":"Why is the sky blue?"}]}]}""");
    }

    @Test
    void everything() {
        LlmRequest request = LlmRequest.builder().model("gpt-5").instructions("Be brief.").user("Hi")
                .tool(Tool.function("ping", "Pings")).toolChoice(ToolChoice.REQUIRED)
                .temperature(0.2).topP(1.0).presencePenalty(-0.5).frequencyPenalty(0.5).seed(42L).stop("END")
                .maxOutputTokens(100L).maxToolCalls(3).parallelToolCalls(false).topLogprobs(2)
                .reasoningEffort("low").reasoningSummary("auto").outputFormat(OutputFormat.JSON).verbosity("high")
                .include("reasoning.encrypted_content").previousResponseId("resp_1").conversation("conv_1").store(false)
                .background(true).truncation("auto").promptCacheKey("key").safetyIdentifier("user-1")
                .serviceTier("flex").metadata("topic", "sky")
                .extraBody("top_k", RawJson.of("40")).extraBody("min_p", RawJson.of("null"))
                .extraHeader("X-Trace", "1").timeout(Duration.ofMillis(90_500)).build();
        assertForm(request, LlmRequest.class, """
                {"model":"gpt-5","instructions":"Be brief.",\
                "input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]}],\
                "tools":[{"type":"function","name":"ping","description":"Pings"}],"tool_choice":"required",\
                "temperature":0.2,"top_p":1.0,"presence_penalty":-0.5,"frequency_penalty":0.5,"seed":42,"stop":["END"],\
                "max_output_tokens":100,"max_tool_calls":3,"parallel_tool_calls":false,"top_logprobs":2,\
                "reasoning":{"effort":"low","summary":"auto"},\
                "text":{"format":{"type":"json_object"},"verbosity":"high"},\
                "include":["reasoning.encrypted_content"],"previous_response_id":"resp_1","conversation":"conv_1",\
                "store":false,"background":true,"truncation":"auto","prompt_cache_key":"key",\
                "safety_identifier":"user-1","service_tier":"flex","metadata":{"topic":"sky"},\
                "extra_body":{"top_k":40,"min_p":null},"extra_headers":{"X-Trace":"1"},"timeout":"PT1M30.5S"}""");
    }

    @Test
    void theApiKeyIsNeverWrittenAndNeverRead() throws JsonProcessingException {
        LlmRequest request = LlmRequest.builder().user("Hi").apiKey(Secret.of("sk-hidden")).build();
        ObjectMapper nosy = new ObjectMapper().findAndRegisterModules().setVisibility(PropertyAccessor.ALL, Visibility.ANY);
        assertThat(Form.write(request)).isEqualTo(Form.write(LlmRequest.of("Hi")));
        assertThat(nosy.writeValueAsString(request)).doesNotContain("hidden", "key");
        assertThat(nosy.writeValueAsString(List.of(Secret.of("sk-hidden")))).isEqualTo("[\"***\"]");
        assertReads(LlmRequest.class, "{\"input\":\"Hi\",\"api_key\":\"sk-hidden\",\"apiKey\":\"x\"}", LlmRequest.of("Hi"));
    }

    @Test
    void readsWhatIsSaidMoreShortly() {
        assertReads(LlmRequest.class, "{\"input\":\"Hi\"}", LlmRequest.of("Hi"));
        assertReads(LlmRequest.class, "{}", LlmRequest.builder().build());
        assertReads(LlmRequest.class, """
                {"input":[],"stop":"END","conversation":{"id":"conv_1"},"timeout":1500,"seed":1.0,"temperature":1,
                 "metadata":{"n":7},"text":{"format":null},"reasoning":null,"tools":null,"stream":true}""",
                LlmRequest.builder().stop("END").conversation("conv_1").timeout(Duration.ofMillis(1500)).seed(1L)
                        .temperature(1.0).metadata("n", "7").build());
    }

    @Test
    void optionsAlone() {
        assertForm(GenerationOptions.NONE, GenerationOptions.class, "{}");
        assertForm(GenerationOptions.builder().topP(0.5).reasoningSummary("auto").verbosity("low").build(),
                GenerationOptions.class, """
                        {"top_p":0.5,"reasoning":{"summary":"auto"},"text":{"verbosity":"low"}}""");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertRefused(LlmRequest.class, "{\"temperature\":\"hot\"}", "\"temperature\" must be a number, not a string");
        assertRefused(LlmRequest.class, "{\"max_tool_calls\":1.5}", "\"max_tool_calls\" must be a whole number, not 1.5");
        assertRefused(LlmRequest.class, "{\"timeout\":\"30s\"}",
                "\"timeout\" must be a duration such as PT30S, or a number of milliseconds");
        assertRefused(LlmRequest.class, "{\"input\":7}", "\"input\" must be a list, not a number");
        assertRefused(LlmRequest.class, "{\"input\":[{\"role\":\"user\"},{\"type\":\"function_call\",\"name\":\"f\"}]}",
                "\"input[1].call_id\" is missing");
        assertRefused(LlmRequest.class, "{\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"x\"}}}",
                "\"text.format.schema\" is missing");
        assertRefused(LlmRequest.class, "[]", "The value must be an object, not a list");
    }
}
