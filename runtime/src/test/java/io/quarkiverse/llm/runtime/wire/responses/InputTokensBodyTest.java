package io.quarkiverse.llm.runtime.wire.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.TextFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What is sent to have the tokens of an input counted. */
class InputTokensBodyTest {

    private final TestSettings settings = TestSettings.of("http://localhost/v1");

    private JsonObject body(LlmRequest request) {
        return new JsonObject(new String(new ResponsesCodec(settings.build()).encodeInput(request), UTF_8));
    }

    private JsonObject asked(LlmRequest request) {
        return new JsonObject(new String(new ResponsesCodec(settings.build()).encode(request, false), UTF_8));
    }

    /** Says everything there is to say but what it continues. */
    private static LlmRequest.Builder everything() {
        return LlmRequest.builder().model("m").instructions("Be brief.").user("Hi")
                .tool(Tool.function("f", "Does it", RawJson.of("{\"type\":\"object\"}"))).toolChoice(ToolChoice.AUTO)
                .parallelToolCalls(false).reasoningEffort("low").reasoningSummary("auto").verbosity("high")
                .outputFormat(OutputFormat.jsonSchema("answer", RawJson.of("{\"type\":\"object\"}"))).truncation("auto")
                .temperature(0.5).topP(0.5).presencePenalty(0.5).frequencyPenalty(0.5).seed(1L).stop("end").maxOutputTokens(9L)
                .maxToolCalls(9).topLogprobs(3).store(false).background(true).include("file_search_call.results")
                .metadata("a", "b").promptCacheKey("k").safetyIdentifier("s").serviceTier("flex");
    }

    @Test
    void whatTheModelReadsIsSentAndNothingElse() {
        assertThat(body(everything().build()).fieldNames()).containsExactlyInAnyOrder("model", "instructions", "input", "tools",
                "tool_choice", "parallel_tool_calls", "reasoning", "text", "truncation");
    }

    @Test
    void itIsSentAsItWouldBeAsked() {
        LlmRequest request = LlmRequest.builder().instructions("Be brief.").user("Hi").reasoningEffort("low").verbosity("low")
                .tool(Tool.function("f", "Does it", RawJson.of("{\"type\":\"object\"}"))).build();

        assertThat(body(request)).isEqualTo(asked(request));
    }

    @Test
    void whatIsContinuedIsSent() {
        assertThat(body(LlmRequest.builder().user("Hi").previousResponseId("resp_1").build())
                .getString("previous_response_id")).isEqualTo("resp_1");
        assertThat(body(LlmRequest.builder().user("Hi").conversation("conv_1").build()).getString("conversation"))
                .isEqualTo("conv_1");
    }

    @Test
    void whatIsConfiguredCounts() {
        settings.options(GenerationOptions.builder().reasoningEffort("high").temperature(0.1).build())
                .extraBody("truncation", "\"auto\"").extraBody("top_k", "3");

        JsonObject body = body(LlmRequest.of("Hi"));

        assertThat(body.getString("model")).isEqualTo("configured-model");
        assertThat(body.getJsonObject("reasoning")).isEqualTo(new JsonObject().put("effort", "high"));
        assertThat(body.getString("truncation")).isEqualTo("auto");
        assertThat(body.fieldNames()).doesNotContain("temperature", "top_k");
    }

    @Test
    void anExtraFieldCountsWhenTheModelReadsIt() {
        JsonObject body = body(LlmRequest.builder().user("Hi").extraBody("store", RawJson.of("false"))
                .extraBody("chat_template_kwargs", RawJson.of("{\"enable_thinking\":false}"))
                .extraBody("instructions", RawJson.of("\"Instead.\"")).build());

        assertThat(body.getJsonObject("chat_template_kwargs")).isEqualTo(new JsonObject().put("enable_thinking", false));
        assertThat(body.getString("instructions")).isEqualTo("Instead.");
        assertThat(body.containsKey("store")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void theInputIsReplayedAsWithTheSameStore(boolean store) {
        LlmRequest.Builder request = LlmRequest.builder().user("Hi")
                .item(Reasoning.of("").withId("rs_1").withSummary(List.of("thought")).withEncryptedContent("secret"))
                .user("Go on");
        JsonArray said = asked(request.store(store).build()).getJsonArray("input");

        assertThat(body(request.build()).getJsonArray("input")).isEqualTo(said);
        assertThat(
                body(request.store(null).extraBody("store", RawJson.of(String.valueOf(store))).build()).getJsonArray("input"))
                .isEqualTo(said);
    }

    @Test
    void whatTheServerMustNotSeeIsLeftOut() {
        settings.quirk(Quirk.OMITTED_FIELDS, Set.of("reasoning", "parallel_tool_calls"));

        assertThat(body(everything().build()).fieldNames()).doesNotContain("reasoning", "parallel_tool_calls").contains("text");
    }

    @Test
    void theFormatGoesWhereTheServerLooksForIt() {
        settings.quirk(Quirk.TEXT_FORMAT, TextFormat.RESPONSE_FORMAT);

        assertThat(body(LlmRequest.builder().user("Hi").outputFormat(new OutputFormat.Json()).build()).fieldNames())
                .contains("response_format").doesNotContain("text");
    }

    @Test
    void whatOnlyConcernsTheAnswerIsNoHindrance() {
        LlmRequest request = LlmRequest.builder().user("Hi").stop("end").seed(1L).build();

        assertThatThrownBy(() -> asked(request)).isInstanceOf(LlmUnsupportedException.class);
        assertThat(body(request).fieldNames()).containsExactlyInAnyOrder("model", "input");
    }

    @Test
    void anInputThatTheWireApiCannotCarryIsRefused() {
        LlmRequest spoken = LlmRequest.builder()
                .item(Message.user(new Content.Audio("AAAA", "wav"))).build();

        assertThatThrownBy(() -> body(spoken)).isInstanceOf(LlmUnsupportedException.class).hasMessageContaining("audio input");
    }

    @ParameterizedTest
    @ValueSource(strings = { "prompt", "messages" })
    void anInputThatWouldNotBeCountedIsRefused(String field) {
        LlmRequest request = LlmRequest.builder().user("Hi").extraBody(field, RawJson.of("{}")).build();

        assertThatThrownBy(() -> body(request)).isInstanceOf(LlmUnsupportedException.class)
                .hasMessageContaining("does not support counting the input tokens of '" + field + "'");
    }

    @Test
    void aContradictionIsRefused() {
        LlmRequest request = LlmRequest.builder().user("Hi").previousResponseId("resp_1").conversation("conv_1").build();

        assertThatThrownBy(() -> body(request)).isInstanceOf(LlmBadRequestException.class);
    }
}
