package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.ItemReference;
import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;

class ResponsesLimitsTest {

    private static final Tool SEARCH = new Tool.Opaque("web_search", RawJson.of("{\"type\":\"web_search\"}"));
    private static final Tool SQL = new Tool.Custom("sql", Optional.empty(), Optional.empty());

    private static LlmRequest.Builder request() {
        return LlmRequest.builder().user("Hi");
    }

    private static void assertUnsupported(LlmRequest.Builder builder, Preset preset, String feature) {
        ResponsesRequestEncoder encoder = new ResponsesRequestEncoder(Bodies.settings(preset).build());
        LlmRequest request = builder.build();

        assertThat(encoder.unsupported(request)).contains(feature);
        assertThatExceptionOfType(LlmUnsupportedException.class).isThrownBy(() -> encoder.encode(request, true))
                .withMessage("Provider 'test' speaks the Responses API, which does not support " + feature)
                .satisfies(failure -> assertThat(failure.feature()).isEqualTo(feature));
    }

    private static void assertSupported(LlmRequest.Builder request, Preset preset) {
        ResponsesRequestEncoder encoder = new ResponsesRequestEncoder(Bodies.settings(preset).build());

        assertThat(encoder.unsupported(request.build())).isEmpty();
        assertThat(encoder.encode(request.build(), true)).isNotEmpty();
    }

    @Test
    void samplingThatOpenAiDoesNotKnowHereIsRefusedByName() {
        assertUnsupported(request().seed(1L), Preset.OPENAI, "seed");
        assertUnsupported(request().stop("x"), Preset.OPENAI, "stop");
        assertUnsupported(request().presencePenalty(0.1), Preset.OPENAI, "presence_penalty");
        assertUnsupported(request().frequencyPenalty(0.1), Preset.OPENAI, "frequency_penalty");
    }

    @Test
    void otherServersTakeWhatTheyAreKnownToTake() {
        assertSupported(request().presencePenalty(0.1).frequencyPenalty(0.1), Preset.GENERIC);
        assertSupported(request().seed(1L).stop("x"), Preset.VLLM);
        assertSupported(request().presencePenalty(0.1).frequencyPenalty(0.1).seed(1L).stop("x"), Preset.LLAMA_CPP);
        assertUnsupported(request().presencePenalty(0.1), Preset.VLLM, "presence_penalty");
    }

    @Test
    void logProbabilitiesAreRefusedWhereTheServerHandsTheFieldOnToChatCompletions() {
        assertUnsupported(request().topLogprobs(2), Preset.LLAMA_CPP, "top_logprobs");
        assertSupported(request().topLogprobs(2), Preset.OPENAI);
        assertSupported(request().topLogprobs(2), Preset.VLLM);
    }

    @Test
    void aSettingThatCannotBeSentIsNamedWithItsKey() {
        TestSettings settings = Bodies.settings(Preset.OPENAI)
                .options(GenerationOptions.builder().frequencyPenalty(0.5).build());

        assertThatExceptionOfType(LlmUnsupportedException.class)
                .isThrownBy(() -> Bodies.text(LlmRequest.of("Hi"), settings))
                .withMessage("Provider 'test' speaks the Responses API, which does not support frequency_penalty: remove "
                        + "quarkus.llm.test.frequency-penalty, or leave it to Chat Completions by quarkus.llm.test.wire-api");
    }

    @Test
    void whatTheExtraBodySaysIsNotLookedAt() {
        assertSupported(request().seed(1L).extraBody("seed", RawJson.of("2")), Preset.OPENAI);
        assertSupported(request().user(Content.audio("wav", new byte[1])).extraBody("input", RawJson.of("[]")), Preset.OPENAI);
    }

    @Test
    void soundIsRefusedWhereverItStands() {
        Content sound = Content.audio("wav", new byte[] { 1 });

        assertUnsupported(request().user(sound), Preset.OPENAI, "audio input");
        assertUnsupported(request().item(ToolOutput.of("c", List.of(sound))), Preset.GENERIC, "audio input");
    }

    @Test
    void anAssistantShowsNoImages() {
        assertUnsupported(request().item(Message.of(Role.ASSISTANT, List.of(Content.image("http://x/i.png")))), Preset.OPENAI,
                "images and files in a message of the assistant");
    }

    @Test
    void whatAServerKeepsIsRefusedWhereItKeepsNothing() {
        assertUnsupported(request().previousResponseId("resp_1"), Preset.LLAMA_CPP, "previous_response_id");
        assertUnsupported(request().conversation("conv_1"), Preset.LLAMA_CPP, "conversations kept by the server");
        assertUnsupported(request().background(true), Preset.OLLAMA, "background responses");
        assertUnsupported(request().item(new ItemReference("msg_1")), Preset.OPENROUTER,
                "references to stored items ('msg_1')");
        assertSupported(request().previousResponseId("resp_1").background(true).item(new ItemReference("msg_1")),
                Preset.GENERIC);
    }

    @Test
    void whatAServerDropsWithoutAWordIsRefused() {
        OpaqueItem searched = new OpaqueItem("web_search_call", RawJson.of("{\"type\":\"web_search_call\"}"));

        assertUnsupported(request().tool(SEARCH), Preset.LLAMA_CPP, "the hosted tool 'web_search'");
        assertUnsupported(request().tool(SQL), Preset.LLAMA_CPP, "custom tools ('sql')");
        assertUnsupported(request().tool(new Tool.Namespace("crm", "", List.of())), Preset.LLAMA_CPP,
                "tools in a namespace ('crm')");
        assertUnsupported(request().item(ToolCall.custom("c", "sql", "x")), Preset.LLAMA_CPP, "custom tools ('sql')");
        assertUnsupported(request().item(searched), Preset.LLAMA_CPP, "items of type 'web_search_call'");
        assertSupported(request().tool(SEARCH).tool(SQL).item(ToolCall.custom("c", "sql", "x")).item(searched), Preset.OPENAI);
    }

    @Test
    void whatIsJustWrongIsNotCalledUnsupported() {
        LlmRequest both = request().previousResponseId("resp_1").conversation("conv_1").build();
        LlmRequest demand = request().toolChoice(ToolChoice.REQUIRED).build();
        LlmRequest stream = request().extraBody("stream", RawJson.of("true")).build();
        ResponsesRequestEncoder encoder = new ResponsesRequestEncoder(Bodies.settings(Preset.OPENAI).build());

        for (LlmRequest request : List.of(both, demand, stream)) {
            assertThat(encoder.unsupported(request)).isEmpty();
            assertThatExceptionOfType(LlmBadRequestException.class).isThrownBy(() -> encoder.encode(request, true));
        }
    }
}
