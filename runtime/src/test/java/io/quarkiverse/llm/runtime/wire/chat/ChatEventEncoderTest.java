package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta.Kind;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.Usage;
import io.quarkiverse.llm.runtime.config.preset.ReasoningField;

class ChatEventEncoderTest {

    private static final LlmEvent STARTED = new LlmEvent.ResponseStarted("chatcmpl-7", "m \"x\"", Instant.ofEpochSecond(9));
    private static final String HEAD = "{\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":9,"
            + "\"model\":\"m \\\"x\\\"\",\"choices\":[";

    private static LlmResponse.Builder response(Item... output) {
        return LlmResponse.builder().id("chatcmpl-7").model("m").createdAt(Instant.ofEpochSecond(9)).items(List.of(output));
    }

    private static LlmEvent text(String delta) {
        return new LlmEvent.TextDelta("msg", 0, 0, delta, Optional.empty());
    }

    private static Chunks of(LlmEvent... events) {
        List<LlmEvent> all = new ArrayList<>(List.of(STARTED));
        all.addAll(Arrays.asList(events));
        return Chunks.of(all);
    }

    private static LlmEvent end(LlmResponse.Builder response) {
        return new LlmEvent.ResponseCompleted(response.build());
    }

    private static String choice(String delta, String finishReason) {
        return HEAD + "{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]";
    }

    @Test
    void aTextIsARoleDeltasAReasonAndTheUsage() {
        Chunks chunks = of(text("Hel"), text("lo\n"), end(response().usage(new Usage(10, 4, 1, 6, 2, 16)).serviceTier("flex")));

        assertThat(chunks.lines).containsExactly(
                choice("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null") + ",\"usage\":null}",
                choice("{\"content\":\"Hel\"}", "null") + ",\"usage\":null}",
                choice("{\"content\":\"lo\\n\"}", "null") + ",\"usage\":null}",
                choice("{}", "\"stop\"") + ",\"usage\":null,\"service_tier\":\"flex\"}",
                HEAD + "],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":6,\"total_tokens\":16,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":4,\"cache_write_tokens\":1},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":2}},\"service_tier\":\"flex\"}");
        assertThat(chunks.encoder.isComplete()).isTrue();
    }

    @Test
    void theUsageIsToldToThoseWhoAskForIt() {
        Chunks chunks = new Chunks(ReasoningField.NONE, false);
        List.of(STARTED, text("a"), end(response().usage(Usage.of(1, 1)))).forEach(chunks.encoder);

        assertThat(chunks.lines).hasSize(3).noneMatch(line -> line.contains("usage"));
    }

    @Test
    void aCallIsANameAndThenItsArguments() {
        ToolCall call = ToolCall.function("c1", "weather", "{\"a\":1}");
        Chunks chunks = of(new LlmEvent.ItemStarted("fc", 0, call),
                new LlmEvent.ToolCallStart("fc", 0, ToolCall.Kind.FUNCTION, Optional.empty(), "weather", "c1"),
                new LlmEvent.ToolCallArgumentsDelta("fc", 0, "c1", "{\"a\":"),
                new LlmEvent.ToolCallArgumentsDelta("fc", 0, "c1", "1}"), new LlmEvent.ToolCallComplete("fc", 0, call),
                new LlmEvent.ItemComplete("fc", 0, call), end(response(call).finishReason(FinishReason.TOOL_CALLS)));

        assertThat(chunks.deltas().subList(1, 5)).containsExactly(
                "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"weather\","
                        + "\"arguments\":\"\"}}]}",
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":\"}}]}",
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]}", "{}");
        assertThat(chunks.lines.get(4)).contains("\"finish_reason\":\"tool_calls\"");
    }

    @Test
    void aCustomCallHasAFormOfItsOwn() {
        ToolCall call = ToolCall.custom("c1", "sql", "select");
        Chunks chunks = of(new LlmEvent.ToolCallStart("ctc", 3, ToolCall.Kind.CUSTOM, Optional.empty(), "sql", "c1"),
                new LlmEvent.ToolCallComplete("ctc", 3, call));

        assertThat(chunks.deltas().subList(1, 3)).containsExactly(
                "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"custom\",\"custom\":{\"name\":\"sql\","
                        + "\"input\":\"\"}}]}",
                "{\"tool_calls\":[{\"index\":0,\"custom\":{\"input\":\"select\"}}]}");
    }

    @Test
    void theReasoningStandsInTheFieldThatIsConfigured() {
        for (ReasoningField field : List.of(ReasoningField.REASONING, ReasoningField.REASONING_CONTENT)) {
            Chunks chunks = new Chunks(field, false);
            List.of(STARTED, new LlmEvent.ReasoningDelta("rs", 0, Kind.TEXT, 0, "Hm")).forEach(chunks.encoder);
            assertThat(chunks.deltas()).element(1).isEqualTo("{\"" + field.wireName() + "\":\"Hm\"}");
        }
        Chunks hidden = new Chunks(ReasoningField.NONE, false);
        List.of(STARTED, new LlmEvent.ReasoningDelta("rs", 0, Kind.TEXT, 0, "Hm")).forEach(hidden.encoder);
        assertThat(hidden.lines).hasSize(1);
        assertThatThrownBy(() -> new ChatServerCodec(ReasoningField.THINKING_PART))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEmptyLineDividesThePartsOfTheReasoning() {
        Chunks chunks = of(new LlmEvent.ReasoningDelta("rs", 0, Kind.SUMMARY, 0, "a"),
                new LlmEvent.ReasoningDelta("rs", 0, Kind.SUMMARY, 0, "b"),
                new LlmEvent.ReasoningDelta("rs", 0, Kind.SUMMARY, 1, "c"),
                new LlmEvent.ReasoningDelta("rs", 0, Kind.TEXT, 0, "the same at length"),
                new LlmEvent.ReasoningDelta("rs2", 1, Kind.TEXT, 0, "d"));

        assertThat(chunks.deltas().subList(1, 5)).containsExactly("{\"reasoning_content\":\"a\"}",
                "{\"reasoning_content\":\"b\"}", "{\"reasoning_content\":\"\\n\\nc\"}", "{\"reasoning_content\":\"\\n\\nd\"}");
    }

    @Test
    void aRefusalHasItsField() {
        assertThat(of(new LlmEvent.RefusalDelta("msg", 0, 0, "No")).deltas()).element(1).isEqualTo("{\"refusal\":\"No\"}");
    }

    @Test
    void aCitationIsNestedAndOneLine() {
        Annotation citation = new Annotation("url_citation",
                RawJson.of(
                        "{\"type\":\"url_citation\",\n\"url\":\"http://a\",\"title\":\"A\",\"start_index\":0,"
                                + "\"end_index\": 1}"));
        Annotation file = new Annotation("file_citation", RawJson.of("{\"type\":\"file_citation\",\"file_id\":\"f\"}"));
        Chunks chunks = of(text("a"), new LlmEvent.AnnotationAdded("msg", 0, 0, 0, citation),
                new LlmEvent.AnnotationAdded("msg", 0, 0, 1, file));

        assertThat(chunks.deltas()).hasSize(3).element(2).isEqualTo("{\"annotations\":[{\"type\":\"url_citation\","
                + "\"url_citation\":{\"url\":\"http://a\",\"title\":\"A\",\"start_index\":0,\"end_index\":1}}]}");
    }

    @Test
    void logProbabilitiesStandBesideTheDelta() {
        Chunks chunks = of(new LlmEvent.TextDelta("msg", 0, 0, "a", Optional.of(RawJson.of("[{\"token\":\"a\"}]"))));

        assertThat(chunks.lines.get(1))
                .contains("\"delta\":{\"content\":\"a\"},\"logprobs\":{\"content\":[{\"token\":\"a\"}],\"refusal\":null}");
    }

    @Test
    void anAnswerThatWasAnnouncedIsNotAnnouncedAgain() {
        Chunks chunks = new Chunks(ReasoningField.NONE, false);
        chunks.encoder.begin(new LlmEvent.ResponseStarted("resp_1", "m", Instant.ofEpochSecond(1)));
        List.of(STARTED, text("a")).forEach(chunks.encoder);

        assertThat(chunks.lines).hasSize(2);
        assertThat(chunks.all()).extracting(chunk -> chunk.getString("id")).allMatch(id -> id.startsWith("chatcmpl-"))
                .doesNotContain("chatcmpl-7").containsOnly(chunks.chunk(0).getString("id"));
    }

    @Test
    void whatNoEventHasToldIsToldAtTheEnd() {
        Chunks chunks = of(
                new LlmEvent.ItemComplete("rs", 0, Reasoning.of("Hm")),
                end(response(Reasoning.of("Hm"), Message.assistant("Hi"), ToolCall.function("c", "f", "{}"))
                        .finishReason(FinishReason.TOOL_CALLS)));

        LlmResponse read = Decoding.ofEvents(chunks.lines);
        assertThat(read.reasoningText()).isEqualTo("Hm");
        assertThat(read.text()).isEqualTo("Hi");
        assertThat(read.toolCalls()).hasSize(1);
    }

    @Test
    void anAnswerThatIsNotWholeSaysSo() {
        assertThat(reason(response().status(ResponseStatus.INCOMPLETE).finishReason(FinishReason.LENGTH))).isEqualTo("length");
        assertThat(reason(response().status(ResponseStatus.INCOMPLETE).incompleteReason("invalid_tool_call")
                .finishReason(FinishReason.TOOL_CALLS))).isEqualTo("length");
        assertThat(reason(response().status(ResponseStatus.INCOMPLETE).finishReason(FinishReason.CONTENT_FILTER)))
                .isEqualTo("content_filter");
        assertThat(reason(response().finishReason(FinishReason.OTHER))).isEqualTo("stop");
    }

    private static String reason(LlmResponse.Builder response) {
        return of(end(response)).chunk(1).getJsonArray("choices").getJsonObject(0).getString("finish_reason");
    }

    @Test
    void aCallThatWasCutStaysAsItCame() {
        ToolCall cut = ToolCall.builder("c1", "f").arguments("{\"a").status(ItemStatus.INCOMPLETE).build();
        Chunks chunks = of(new LlmEvent.ToolCallStart("fc", 0, ToolCall.Kind.FUNCTION, Optional.empty(), "f", "c1"),
                new LlmEvent.ToolCallArgumentsDelta("fc", 0, "c1", "{\"a"), new LlmEvent.ItemComplete("fc", 0, cut),
                end(response(cut).status(ResponseStatus.INCOMPLETE).finishReason(FinishReason.LENGTH)));

        assertThat(chunks.deltas()).hasSize(4);
        assertThat(chunks.lines.get(3)).contains("\"finish_reason\":\"length\"");
    }

    @Test
    void aFailureIsTheLastEvent() {
        Chunks chunks = of(text("a"));
        chunks.encoder.fail(new LlmServerException("provider 'a' failed",
                LlmErrorDetails.builder().message("The engine died").type("server_error").build()));
        chunks.encoder.accept(text("b"));
        chunks.encoder.fail(new LlmServerException("again", LlmErrorDetails.of("a")));

        assertThat(chunks.lines).hasSize(3).element(2).isEqualTo("{\"error\":{\"message\":\"The engine died\","
                + "\"type\":\"server_error\",\"param\":null,\"code\":\"server_error\"}}");
        assertThat(chunks.encoder.isComplete()).isTrue();
        assertThat(Decoding.failure(chunks.lines.toArray(String[]::new))).hasMessageContaining("The engine died");
    }

    @Test
    void thereIsNoEventToKeepAConnectionAlive() {
        Chunks chunks = of();

        assertThat(chunks.encoder.keepAlive()).isFalse();
        chunks.encoder.accept(new LlmEvent.UnknownEvent("ping", RawJson.of("{}")));
        assertThat(chunks.lines).hasSize(1);
    }

    @Test
    void messagesThatAreOpenAtTheSameTimeAreToldOneAfterTheOther() {
        Message first = Message.assistant("Hello").withId("msg_0");
        Message second = Message.assistant("World").withId("msg_1");

        Chunks chunks = of(new LlmEvent.ItemStarted("msg_0", 0, Message.assistant("").withId("msg_0")),
                new LlmEvent.ItemStarted("msg_1", 1, Message.assistant("").withId("msg_1")),
                text(1, "Wor"), text(0, "Hel"), text(1, "ld"), new LlmEvent.ItemComplete("msg_1", 1, second), text(0, "lo"),
                new LlmEvent.ItemComplete("msg_0", 0, first), end(response(first, second)));

        assertThat(String.join("", chunks.lines)).containsSubsequence("\"Hel\"", "\"lo\"", "\"Wor\"", "\"ld\"");
    }

    private static LlmEvent text(int index, String delta) {
        return new LlmEvent.TextDelta("msg_" + index, index, 0, delta, Optional.empty());
    }
}
