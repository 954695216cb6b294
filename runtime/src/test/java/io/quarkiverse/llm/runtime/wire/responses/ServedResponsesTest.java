package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.wire.EventEncoder;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.quarkiverse.llm.scripted.grammar.ResponsesGrammar;
import io.vertx.core.json.JsonObject;

/** Answers as clients of a server of the Responses API get them. */
class ServedResponsesTest {

    private static final ResponseStarted STARTED = new ResponseStarted("resp_ours", "ours", Instant.ofEpochSecond(1_000));
    private static final Reasoning THOUGHT = new Reasoning(Optional.of("rs_0"), Optional.empty(), List.of("In short"),
            List.of("Hm", "Aha"), Optional.of("gAAAA"));
    private static final List<Item> ITEMS = List.of(THOUGHT,
            Message.assistant("Hello").withId("msg_1").withStatus(ItemStatus.COMPLETED),
            ToolCall.builder("call_2", "weather").id("fc_2").status(ItemStatus.COMPLETED).arguments("{\"a\":1}").build());

    private final List<JsonObject> events = new ArrayList<>();

    private static ReceivedRequest received(String more) {
        return ResponsesRequestDecoderTest.decode("{\"model\":\"gpt-5\",\"input\":\"Hi\"" + more + "}");
    }

    private EventEncoder encoder(ReasoningDialect dialect, ReceivedRequest request) {
        return new ResponsesServerCodec(dialect).encoder(request, (type, json, offset, length) -> events
                .add(new JsonObject(new String(json, offset, length, StandardCharsets.UTF_8))));
    }

    private List<String> types() {
        return Encoding.types(events);
    }

    private JsonObject last() {
        return events.get(events.size() - 1).getJsonObject("response");
    }

    @Test
    void aWholeAnswerSaysWhenItWasCompletedAlsoWhereTheProviderDoesNot() {
        LlmResponse response = CanonicalStream.response(ITEMS).toBuilder().completedAt(null).build();

        byte[] body = new ResponsesServerCodec(ReasoningDialect.SUMMARY).encode(received(""), response);

        assertThat(new JsonObject(new String(body, StandardCharsets.UTF_8)).getValue("completed_at"))
                .isInstanceOf(Number.class);
    }

    @Test
    void anEventThatNoClientKnowsIsKeptBackAndOneOfAHostedToolIsNot() {
        EventEncoder encoder = encoder(ReasoningDialect.SUMMARY, received(""));
        encoder.begin(STARTED);

        encoder.accept(new LlmEvent.UnknownEvent("acme:trace", RawJson.of("{\"type\":\"acme:trace\",\"output_index\":0}")));
        encoder.accept(new LlmEvent.UnknownEvent("keepalive", RawJson.of("{\"type\":\"keepalive\"}")));
        encoder.accept(new LlmEvent.UnknownEvent("response.web_search_call.searching",
                RawJson.of("{\"type\":\"response.web_search_call.searching\",\"output_index\":0,\"item_id\":\"ws_1\"}")));

        assertThat(types()).containsExactly("created", "in_progress", "web_search_call.searching");
    }

    @ParameterizedTest
    @ValueSource(strings = { "response.acme_call.searching", "response.rate_limits.updated",
            "response.web_search_call.searching\n\nevent: response.failed", "response.web_search_call." })
    void anEventThatOnlyLooksLikeOneOfAHostedToolIsKeptBack(String type) {
        EventEncoder encoder = encoder(ReasoningDialect.SUMMARY, received(""));
        encoder.begin(STARTED);

        encoder.accept(new LlmEvent.UnknownEvent(type, RawJson.of("{\"output_index\":0,\"item_id\":\"ws_1\"}")));

        assertThat(types()).containsExactly("created", "in_progress");
    }

    @Test
    void anAnswerCanBeginBeforeItsProviderSaysAnything() {
        EventEncoder encoder = encoder(ReasoningDialect.SUMMARY, received(""));

        encoder.begin(STARTED);
        assertThat(types()).containsExactly("created", "in_progress");
        CanonicalStream.of(CanonicalStream.response(ITEMS), new Random(1)).forEach(encoder);

        assertThat(ResponsesGrammar.violationsOfCarefulServer(events)).isEmpty();
        assertThat(events).filteredOn(event -> event.containsKey("response")).allSatisfy(event -> {
            JsonObject response = event.getJsonObject("response");
            assertThat(response.getString("id")).isEqualTo("resp_ours");
            assertThat(response.getString("model")).isEqualTo("ours");
            assertThat(response.getLong("created_at")).isEqualTo(1_000);
        });
    }

    @Test
    void aWaitingClientIsToldThatItsAnswerIsInProgress() {
        EventEncoder encoder = encoder(ReasoningDialect.SUMMARY, received(""));
        List<LlmEvent> stream = CanonicalStream.of(CanonicalStream.response(ITEMS), new Random(1));

        assertThat(encoder.keepAlive()).isFalse();
        encoder.begin(STARTED);
        assertThat(encoder.keepAlive()).isTrue();
        stream.subList(0, 1).forEach(encoder);
        assertThat(encoder.keepAlive()).isTrue();
        stream.subList(1, stream.size()).forEach(encoder);
        assertThat(encoder.keepAlive()).isFalse();

        assertThat(types()).startsWith("created", "in_progress", "in_progress", "in_progress", "output_item.added");
        assertThat(ResponsesGrammar.violationsOfCarefulServer(events)).isEmpty();
    }

    /** Codex counts events alone: a comment does not keep it from giving up. */
    @Test
    void aClientThatWaitsWithinAnItemGetsAnEmptyDelta() {
        EventEncoder encoder = encoder(ReasoningDialect.SUMMARY, received(""));
        List<LlmEvent> stream = CanonicalStream.of(CanonicalStream.response(ITEMS), new Random(1));
        stream.forEach(encoder);
        List<JsonObject> undisturbed = List.copyOf(events);
        events.clear();

        EventEncoder waiting = encoder(ReasoningDialect.SUMMARY, received(""));
        List<JsonObject> signs = new ArrayList<>();
        for (LlmEvent event : stream) {
            waiting.accept(event);
            int before = events.size();
            boolean sign = waiting.keepAlive();
            assertThat(events).hasSize(before + (sign ? 1 : 0));
            signs.addAll(events.subList(before, events.size()));
        }

        assertThat(ResponsesGrammar.violationsOfCarefulServer(events)).isEmpty();
        assertThat(signs).extracting(sign -> sign.getString("type")).contains("response.in_progress",
                "response.output_text.delta", "response.reasoning_summary_text.delta",
                "response.function_call_arguments.delta");
        assertThat(signs).filteredOn(sign -> sign.containsKey("delta"))
                .allMatch(sign -> sign.getString("delta").isEmpty());
        List<JsonObject> others = new ArrayList<>(events);
        others.removeAll(signs);
        assertThat(others).map(ServedResponsesTest::unnumbered)
                .isEqualTo(undisturbed.stream().map(ServedResponsesTest::unnumbered).toList());
    }

    private static JsonObject unnumbered(JsonObject event) {
        JsonObject copy = event.copy();
        copy.remove("sequence_number");
        return copy;
    }

    @Test
    void aFailureAfterTheBeginningIsAnErrorAndAFailedResponse() {
        EventEncoder encoder = encoder(ReasoningDialect.SUMMARY, received(""));
        encoder.begin(STARTED);

        encoder.fail(new LlmTransportException("Gone", LlmErrorDetails.of("x"), null));
        encoder.fail(new LlmTransportException("Again", LlmErrorDetails.of("x"), null));

        assertThat(types()).containsExactly("created", "in_progress", "error", "failed");
        assertThat(ResponsesGrammar.violationsOfCarefulServer(events)).isEmpty();
        assertThat(last().getString("id")).isEqualTo("resp_ours");
        assertThat(encoder.isComplete()).isTrue();
        assertThat(encoder.keepAlive()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(ReasoningDialect.class)
    void itemsThatOverlapComeOneAfterTheOther(ReasoningDialect dialect) {
        EventEncoder encoder = encoder(dialect, received(""));

        CanonicalStream.overlapping(CanonicalStream.response(ITEMS), new Random(3)).forEach(encoder);

        assertThat(ResponsesGrammar.violationsOfCarefulServer(events)).isEmpty();
        assertThat(encoder.isComplete()).isTrue();
    }

    @Test
    void asASummaryReasoningHasNoEventsOfItsOwn() {
        CanonicalStream.of(THOUGHT).forEach(encoder(ReasoningDialect.SUMMARY, received("")));

        assertThat(types()).containsOnly("created", "in_progress", "output_item.added", "reasoning_summary_part.added",
                "reasoning_summary_text.delta", "reasoning_summary_text.done", "reasoning_summary_part.done",
                "output_item.done", "completed");
        assertThat(last().getJsonArray("output")).containsExactly(new JsonObject("""
                {"type": "reasoning", "id": "rs_0", "status": "completed", "summary": [
                  {"type": "summary_text", "text": "In short"}, {"type": "summary_text", "text": "Hm"},
                  {"type": "summary_text", "text": "Aha"}]}"""));
    }

    @Test
    void openResponsesHasItsOwnNamesForReasoning() {
        CanonicalStream.of(Reasoning.of("Hm").withId("rs_1")).forEach(encoder(ReasoningDialect.REASONING, received("")));

        assertThat(types()).containsExactly("created", "in_progress", "output_item.added", "content_part.added",
                "reasoning.delta", "reasoning.done", "content_part.done", "output_item.done", "completed");
        assertThat(events.get(2).getJsonObject("item")).isEqualTo(new JsonObject(
                "{\"type\": \"reasoning\", \"id\": \"rs_1\", \"status\": \"in_progress\", \"summary\": []}"));
        assertThat(events.get(4)).isEqualTo(new JsonObject("""
                {"type": "response.reasoning.delta", "sequence_number": 4, "item_id": "rs_1", "output_index": 0,
                 "content_index": 0, "delta": "Hm"}"""));
        assertThat(events.get(5).getString("text")).isEqualTo("Hm");
        assertThat(events.get(6).getJsonObject("part"))
                .isEqualTo(new JsonObject("{\"type\": \"reasoning_text\", \"text\": \"Hm\"}"));
    }

    @Test
    void openAiHasOthers() {
        CanonicalStream.of(Reasoning.of("Hm").withId("rs_1")).forEach(encoder(ReasoningDialect.REASONING_TEXT, received("")));

        assertThat(types()).containsSubsequence("content_part.added", "reasoning_text.delta", "reasoning_text.done",
                "content_part.done");
    }

    @Test
    void encryptedReasoningIsForClientsThatAskForIt() {
        String asked = ",\"include\":[\"reasoning.encrypted_content\"]";
        CanonicalStream.of(THOUGHT).forEach(encoder(ReasoningDialect.SUMMARY, received(asked)));
        assertThat(last().getJsonArray("output").getJsonObject(0).getString("encrypted_content")).isEqualTo("gAAAA");

        events.clear();
        CanonicalStream.of(THOUGHT).forEach(encoder(ReasoningDialect.SUMMARY, received("")));
        assertThat(events.toString()).doesNotContain("gAAAA");
    }

    @ParameterizedTest
    @EnumSource(ReasoningDialect.class)
    void theWholeAnswerIsThatOfTheEndOfAStream(ReasoningDialect dialect) {
        ReceivedRequest request = received("""
                ,"tools":[{"type":"function","name":"weather"},{"type":"custom","name":"sql"},{"type":"namespace","name":"n",
                 "description":"","tools":[{"type":"function","name":"f"}]}],"tool_choice":"required","temperature":0.5,
                "reasoning":{"effort":"low"},"text":{"verbosity":"low"},"metadata":{"a":"b"}""");
        LlmResponse response = CanonicalStream.response(ITEMS);

        CanonicalStream.of(response, new Random(5)).forEach(encoder(dialect, request));

        byte[] whole = new ResponsesServerCodec(dialect).encode(request, response);
        assertThat(new JsonObject(new String(whole, StandardCharsets.UTF_8))).isEqualTo(last());
        assertThat(last().getJsonArray("tools")).hasSize(3);
    }

    @Test
    void eachResourceEchoesTheRequest() {
        ReceivedRequest request = received(",\"tools\":[{\"type\":\"function\",\"name\":\"f\"}],\"tool_choice\":\"none\"");

        CanonicalStream.of(ITEMS.get(1)).forEach(encoder(ReasoningDialect.SUMMARY, request));

        assertThat(events).filteredOn(event -> event.containsKey("response")).hasSize(3).allSatisfy(event -> {
            Map<String, Object> resource = event.getJsonObject("response").getMap();
            assertThat(resource).containsKeys("id", "object", "created_at", "completed_at", "status", "incomplete_details",
                    "error", "model", "previous_response_id", "instructions", "output", "tools", "tool_choice", "truncation",
                    "parallel_tool_calls", "text", "top_p", "temperature", "presence_penalty", "frequency_penalty",
                    "top_logprobs", "reasoning", "usage", "max_output_tokens", "max_tool_calls", "store", "background",
                    "service_tier", "metadata", "safety_identifier", "prompt_cache_key").containsEntry("tool_choice", "none");
            assertThat(event.getJsonObject("response").getJsonArray("tools")).containsExactly(new JsonObject("""
                    {"type": "function", "name": "f", "description": null, "parameters": null, "strict": null}"""));
        });
    }

    @ParameterizedTest
    @EnumSource(ReasoningDialect.class)
    void itemsThatWereToldAreInTheOutputAlsoWhereTheEndLacksThem(ReasoningDialect dialect) {
        EventEncoder encoder = encoder(dialect, received(""));
        List<LlmEvent> stream = CanonicalStream.of(CanonicalStream.response(ITEMS), new Random(1));

        stream.subList(0, stream.size() - 1).forEach(encoder);
        encoder.accept(new LlmEvent.ResponseCompleted(CanonicalStream.response(List.of())));

        assertThat(ResponsesGrammar.violationsOfCarefulServer(events)).isEmpty();
        assertThat(last().getJsonArray("output")).extracting(item -> ((JsonObject) item).getString("id"))
                .containsExactly("rs_0", "msg_1", "fc_2");
    }

    @Test
    void itemsThatAProviderGaveNoIdsGetSome() {
        EventEncoder encoder = encoder(ReasoningDialect.SUMMARY, received(""));
        Message bare = Message.assistant("Hello");
        LlmResponse response = CanonicalStream.response(List.of(bare));

        encoder.accept(new ResponseStarted("resp_1", "m", Instant.ofEpochSecond(1)));
        encoder.accept(new LlmEvent.ItemStarted("msg_7", 0, Message.of(Role.ASSISTANT, List.of())));
        encoder.accept(new LlmEvent.TextDelta("msg_7", 0, 0, "Hello", Optional.empty()));
        encoder.accept(new LlmEvent.ItemComplete("msg_7", 0, bare));
        encoder.accept(new LlmEvent.ResponseCompleted(response));

        assertThat(ResponsesGrammar.violationsOfCarefulServer(events)).isEmpty();
        assertThat(last().getJsonArray("output").getJsonObject(0).getString("id")).isEqualTo("msg_7");
        JsonObject whole = new JsonObject(new String(
                new ResponsesServerCodec(ReasoningDialect.SUMMARY).encode(received(""), response), StandardCharsets.UTF_8));
        assertThat(whole.getJsonArray("output").getJsonObject(0).getString("id")).startsWith("msg_");
    }
}
