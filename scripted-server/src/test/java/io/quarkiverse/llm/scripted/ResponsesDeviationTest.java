package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.vertx.core.json.JsonObject;

class ResponsesDeviationTest {

    private static final Answer ANSWER = Answer.reasoning("hm").thenText("Hel", "lo")
            .thenToolCall("a", "weather", "{\"x\"", ":1}").thenToolCall("b", "time", "{", "}").finishReason("length");

    private static List<JsonObject> events(ResponsesDeviation... deviations) {
        return ANSWER.with(deviations).events();
    }

    private static String all(ResponsesDeviation... deviations) {
        return events(deviations).stream().map(Json::text).collect(Collectors.joining("\n"));
    }

    private static List<String> types(ResponsesDeviation... deviations) {
        return events(deviations).stream().map(EventEdits::type).map(type -> type.replaceFirst("^response\\.", "")).toList();
    }

    private static JsonObject last(ResponsesDeviation... deviations) {
        List<JsonObject> events = events(deviations);
        return events.get(events.size() - 1).getJsonObject("response");
    }

    @ParameterizedTest
    @EnumSource
    void everyDeviationChangesTheStream(ResponsesDeviation deviation) {
        assertThat(all(deviation)).isNotEqualTo(all());
    }

    @ParameterizedTest
    @EnumSource
    void everyDeviationCanBePlayedOnAnAnswerWithoutContent(ResponsesDeviation deviation) {
        assertThat(Answer.empty().with(deviation).events()).isNotEmpty();
    }

    @Test
    void everyCombinablePairCanBePlayed() {
        for (ResponsesDeviation one : ResponsesDeviation.values()) {
            for (ResponsesDeviation other : ResponsesDeviation.values()) {
                if (one != other && ResponsesDeviation.combinable(Set.of(one, other))) {
                    assertThat(events(one, other)).isNotEmpty();
                }
            }
        }
    }

    @Test
    void theOrderOfDeviationsDoesNotMatter() {
        assertThat(all(ResponsesDeviation.OUTPUT_INDEX_MISSING, ResponsesDeviation.ITEMS_INTERLEAVED))
                .isEqualTo(all(ResponsesDeviation.ITEMS_INTERLEAVED, ResponsesDeviation.OUTPUT_INDEX_MISSING))
                .doesNotContain("output_index");
    }

    @Test
    void fieldsAreMissing() {
        assertThat(all(ResponsesDeviation.SEQUENCE_NUMBER_MISSING)).doesNotContain("sequence_number");
        assertThat(all(ResponsesDeviation.ITEM_ID_MISSING)).doesNotContain("item_id");
        assertThat(all(ResponsesDeviation.CONTENT_INDEX_MISSING)).doesNotContain("content_index", "summary_index");
        assertThat(all(ResponsesDeviation.CREATED_AT_MISSING)).doesNotContain("created_at");
        assertThat(all(ResponsesDeviation.MODEL_MISSING)).doesNotContain("model");
        assertThat(all(ResponsesDeviation.ITEMS_WITHOUT_ID)).doesNotContain("\"id\":\"fc_", "\"id\":\"msg_")
                .contains("\"item_id\":\"fc_");
        assertThat(events(ResponsesDeviation.START_BARE).get(0).getJsonObject("response").fieldNames())
                .containsExactly("id", "object", "status");
        assertThat(all(ResponsesDeviation.START_BARE, ResponsesDeviation.RESPONSE_ID_MISSING)).doesNotContain("resp_");
    }

    @Test
    void callsWithoutAnIdAreSpokenOfByTheirCallId() {
        JsonObject added = events(ResponsesDeviation.CALLS_WITHOUT_ID).stream().filter(EventEdits::isAdded).toList().get(2)
                .getJsonObject("item");

        assertThat(Json.text(added)).isEqualTo("{\"type\":\"function_call\",\"status\":\"in_progress\",\"arguments\":\"\","
                + "\"call_id\":\"a\",\"name\":\"weather\"}");
        assertThat(all(ResponsesDeviation.CALLS_WITHOUT_ID)).contains("\"item_id\":\"a\"").contains("\"item_id\":\"msg_");
    }

    @Test
    void startsAreRepeatedOrMissing() {
        assertThat(types(ResponsesDeviation.STARTED_BEFORE_EVERY_DELTA)).containsSubsequence("output_text.delta", "created",
                "in_progress", "output_text.delta");
        assertThat(types(ResponsesDeviation.IN_PROGRESS_REPEATED)).startsWith("created", "in_progress", "in_progress",
                "in_progress", "output_item.added");
        assertThat(types(ResponsesDeviation.START_MISSING)).startsWith("output_item.added");
    }

    @Test
    void everythingIsDoneInOneBurst() {
        assertThat(types(ResponsesDeviation.DONE_AT_THE_END)).endsWith("function_call_arguments.delta",
                "reasoning_summary_text.done", "reasoning_summary_part.done", "output_item.done",
                "output_text.done", "content_part.done", "output_item.done",
                "function_call_arguments.done", "output_item.done", "function_call_arguments.done", "output_item.done",
                "incomplete");
        assertThat(types(ResponsesDeviation.DONE_MISSING)).noneMatch(type -> type.endsWith("done"));
    }

    @Test
    void argumentsAreToldInOtherPlaces() {
        assertThat(types(ResponsesDeviation.ARGUMENTS_DONE_MISSING)).doesNotContain("function_call_arguments.done")
                .contains("function_call_arguments.delta");
        assertThat(types(ResponsesDeviation.ARGUMENTS_IN_DONE_ALONE)).contains("function_call_arguments.done")
                .doesNotContain("function_call_arguments.delta");
        assertThat(types(ResponsesDeviation.ARGUMENTS_IN_ITEM_ALONE)).noneMatch(type -> type.contains("arguments"));
        assertThat(all(ResponsesDeviation.ARGUMENTS_IN_ITEM_ALONE)).contains("\"arguments\":\"{\\\"x\\\":1}\"");
    }

    @Test
    void itemsAreNotAdded() {
        assertThat(types(ResponsesDeviation.ITEMS_NEVER_ADDED)).doesNotContain("output_item.added");
        assertThat(events(ResponsesDeviation.CALLS_NEVER_ADDED)).filteredOn(EventEdits::isAdded).hasSize(2);
        assertThat(events(ResponsesDeviation.ONLY_FIRST_CALL_ADDED)).filteredOn(EventEdits::isAdded).hasSize(3);
    }

    @Test
    void itemsTakeTurns() {
        assertThat(types(ResponsesDeviation.ITEMS_INTERLEAVED)).containsSequence("output_item.added", "output_item.added",
                "output_item.added", "output_item.added", "reasoning_summary_part.added", "content_part.added",
                "function_call_arguments.delta", "function_call_arguments.delta");
    }

    @Test
    void contentComesBeforeItsPartOrWithoutOne() {
        assertThat(types(ResponsesDeviation.CONTENT_BEFORE_PART)).containsSequence("output_item.added", "output_text.delta",
                "content_part.added", "output_text.delta");
        assertThat(types(ResponsesDeviation.PARTS_MISSING)).noneMatch(type -> type.startsWith("content_part"));
    }

    @Test
    void reasoningHasManyForms() {
        assertThat(types(ResponsesDeviation.REASONING_AS_CONTENT)).containsSequence("output_item.added", "content_part.added",
                "reasoning_text.delta", "reasoning_text.done", "content_part.done", "output_item.done");
        assertThat(types(ResponsesDeviation.REASONING_IN_DELTAS_ALONE)).containsSequence("output_item.added",
                "reasoning_text.delta", "output_item.done");
        assertThat(types(ResponsesDeviation.REASONING_PART_EVENTS)).containsSequence("output_item.added",
                "reasoning_part.added", "reasoning_text.delta", "reasoning_text.done", "reasoning_part.done",
                "output_item.done");
        assertThat(types(ResponsesDeviation.REASONING_OPEN_RESPONSES_NAMES)).containsSequence("reasoning.delta",
                "reasoning.done");
        assertThat(types(ResponsesDeviation.SUMMARY_WITHOUT_PARTS)).containsSequence("output_item.added",
                "reasoning_summary_text.delta", "reasoning_summary_text.done", "output_item.done");
        assertThat(Json.text(last(ResponsesDeviation.REASONING_AS_CONTENT).getJsonArray("output").getJsonObject(0)))
                .contains("\"summary\":[],\"content\":[{\"type\":\"reasoning_text\",\"text\":\"hm\"}]");
    }

    @Test
    void theLastEventTellsLessOrOther() {
        assertThat(last(ResponsesDeviation.OUTPUT_EMPTY_AT_END).getJsonArray("output")).isEmpty();
        assertThat(last(ResponsesDeviation.OUTPUT_MISSING_AT_END).containsKey("output")).isFalse();
        assertThat(last(ResponsesDeviation.USAGE_MISSING).containsKey("usage")).isFalse();
        assertThat(Json.text(last(ResponsesDeviation.OTHER_ITEM_IDS_AT_END))).contains("_again\"");
        assertThat(Json.text(last(ResponsesDeviation.REASONING_LEFT_OUT_AND_OTHER_IDS_AT_END))).contains("_again\"")
                .doesNotContain("\"type\":\"reasoning\"");
        assertThat(last().getString("status")).isEqualTo("incomplete");
        assertThat(last(ResponsesDeviation.COMPLETED_WHEN_CUT).getString("status")).isEqualTo("completed");
        assertThat(all(ResponsesDeviation.COMPLETED_WHEN_CUT)).doesNotContain("\"incomplete\"");
    }

    @Test
    void numbersCountWhatIsSent() {
        assertThat(events(ResponsesDeviation.UNKNOWN_EVENTS, ResponsesDeviation.DONE_AT_THE_END))
                .extracting(event -> event.getInteger("sequence_number")).isSorted().doesNotHaveDuplicates()
                .startsWith(0, 1, 2);
    }

    @ParameterizedTest
    @EnumSource(names = { "ERROR_.*", "FAILED_ALONE" }, mode = EnumSource.Mode.MATCH_ANY)
    void aFailureComesInPlaceOfTheSecondHalf(ResponsesDeviation error) {
        assertThat(events(error)).hasSizeBetween(events().size() / 2 + 1, events().size() / 2 + 2);
        assertThat(all(error)).contains("The engine died").doesNotContain("response.incomplete");
    }

    @Test
    void wholeAnswersTakeWhatConcernsTheResponse() throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.enqueue(ANSWER.with(ResponsesDeviation.CREATED_AT_MISSING, ResponsesDeviation.CALLS_WITHOUT_ID,
                    ResponsesDeviation.OUTPUT_EMPTY_AT_END));

            assertThat(new Client(server).responses(Client.WHOLE).body()).doesNotContain("created_at", "\"id\":\"fc_")
                    .contains("\"call_id\":\"a\"");
        }
    }

    @Test
    void eachApiHasDeviationsOfItsOwn() throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            Answer both = ANSWER.with(ResponsesDeviation.MODEL_MISSING, ChatDeviation.ROLE_MISSING);
            server.enqueue(both, both);

            assertThat(new Client(server).stream().body()).doesNotContain("\"role\"").contains("\"model\"");
            assertThat(new Client(server).responses(Client.STREAM).body()).contains("\"role\"").doesNotContain("\"model\"");
        }
        assertThat(Deviation.of(Api.RESPONSES)).hasOnlyElementsOfType(ResponsesDeviation.class);
    }

    @Test
    void whatWouldHaveNoMeaningDoesNotCombine() {
        assertThat(ResponsesDeviation.combinable(
                Set.of(ResponsesDeviation.TEXT_IN_DONE_ALONE, ResponsesDeviation.TEXT_DONE_MISSING))).isFalse();
        assertThat(ResponsesDeviation.combinable(
                Set.of(ResponsesDeviation.TEXT_IN_DONE_ALONE, ResponsesDeviation.DONE_MISSING))).isFalse();
        assertThat(ResponsesDeviation.combinable(Set.of(ResponsesDeviation.ITEMS_INTERLEAVED,
                ResponsesDeviation.OUTPUT_INDEX_MISSING, ResponsesDeviation.ITEM_ID_MISSING))).isFalse();
        assertThat(ResponsesDeviation.combinable(Set.of(ResponsesDeviation.ITEMS_INTERLEAVED,
                ResponsesDeviation.OUTPUT_INDEX_MISSING, ResponsesDeviation.MODEL_MISSING))).isTrue();
    }
}
