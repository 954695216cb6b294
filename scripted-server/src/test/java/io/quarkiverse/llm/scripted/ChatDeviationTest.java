package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class ChatDeviationTest {

    private static final Answer ANSWER = Answer.reasoning("hm").thenText("Hel", "lo")
            .thenToolCall("a", "weather", "{\"x\"", ":1}").thenToolCall("b", "time", "{", "}");

    /** The fragments of tool calls as text, one an entry. */
    private static List<String> fragments(ChatDeviation... deviations) {
        return ANSWER.with(deviations).chunks().stream().flatMap(chunk -> ChunkEdits.calls(chunk).stream()).map(Json::text)
                .toList();
    }

    private static List<JsonObject> chunks(ChatDeviation... deviations) {
        return ANSWER.with(deviations).chunks();
    }

    private static String all(ChatDeviation... deviations) {
        return chunks(deviations).stream().map(Json::text).collect(Collectors.joining("\n"));
    }

    private static JsonObject lastChoice(ChatDeviation... deviations) {
        List<JsonObject> chunks = chunks(deviations);
        return ChunkEdits.choice(chunks.get(ChunkEdits.last(chunks, chunk -> ChunkEdits.choice(chunk) != null)));
    }

    @ParameterizedTest
    @EnumSource
    void every_deviation_changes_the_stream(ChatDeviation deviation) {
        assertThat(all(deviation)).isNotEqualTo(all());
    }

    @ParameterizedTest
    @EnumSource
    void every_deviation_leaves_an_answer_without_content_alone_or_changes_it_without_failing(ChatDeviation deviation) {
        assertThat(Answer.empty().with(deviation).chunks()).isNotEmpty();
    }

    @Test
    void every_combinable_pair_can_be_played() {
        for (ChatDeviation one : ChatDeviation.values()) {
            for (ChatDeviation other : ChatDeviation.values()) {
                if (one != other && ChatDeviation.combinable(Set.of(one, other))) {
                    assertThat(chunks(one, other)).isNotEmpty();
                }
            }
        }
    }

    @Test
    void order_of_deviations_does_not_matter() {
        assertThat(all(ChatDeviation.TOOL_INDEX_MISSING, ChatDeviation.TOOL_ID_REPEATED))
                .isEqualTo(all(ChatDeviation.TOOL_ID_REPEATED, ChatDeviation.TOOL_INDEX_MISSING));
    }

    @Test
    void index_missing() {
        assertThat(fragments(ChatDeviation.TOOL_INDEX_MISSING)).hasSize(6).noneMatch(f -> f.contains("index"));
    }

    @Test
    void index_always_zero() {
        assertThat(fragments(ChatDeviation.TOOL_INDEX_ALWAYS_ZERO)).allMatch(f -> f.contains("\"index\":0"));
    }

    @Test
    void id_missing_or_empty() {
        assertThat(fragments(ChatDeviation.TOOL_ID_MISSING)).noneMatch(f -> f.contains("\"id\""));
        assertThat(fragments(ChatDeviation.TOOL_ID_EMPTY)).allMatch(f -> f.contains("\"id\":\"\""));
    }

    @Test
    void id_on_continuation() {
        assertThat(fragments(ChatDeviation.TOOL_ID_EMPTY_ON_CONTINUATION).get(1)).contains("\"id\":\"\"");
        assertThat(fragments(ChatDeviation.TOOL_ID_NULL_ON_CONTINUATION).get(1)).contains("\"id\":null");
        assertThat(fragments(ChatDeviation.TOOL_ID_REPEATED).get(5)).contains("\"id\":\"b\"");
        assertThat(fragments(ChatDeviation.TOOL_ID_EMPTY_ON_CONTINUATION).get(0)).contains("\"id\":\"a\"");
    }

    @Test
    void name_on_continuation() {
        assertThat(fragments(ChatDeviation.TOOL_NAME_REPEATED).get(2)).contains("\"name\":\"weather\"");
        assertThat(fragments(ChatDeviation.TOOL_NAME_EMPTY_ON_CONTINUATION).get(2)).contains("\"name\":\"\"");
        assertThat(fragments(ChatDeviation.TOOL_NAME_NULL_ON_CONTINUATION).get(2)).contains("\"name\":null");
    }

    @Test
    void name_late() {
        List<String> fragments = fragments(ChatDeviation.TOOL_NAME_LATE);

        assertThat(fragments.get(0)).doesNotContain("name");
        assertThat(fragments.get(1)).contains("\"name\":\"weather\"");
        assertThat(fragments.get(2)).doesNotContain("name");
    }

    @Test
    void arguments_of_the_first_fragment() {
        assertThat(fragments(ChatDeviation.ARGUMENTS_NULL_IN_FIRST_FRAGMENT).get(0)).contains("\"arguments\":null");
        assertThat(fragments(ChatDeviation.ARGUMENTS_ABSENT_IN_FIRST_FRAGMENT).get(0)).doesNotContain("arguments");
    }

    @Test
    void arguments_empty_at_the_end_of_each_call() {
        assertThat(fragments(ChatDeviation.ARGUMENTS_EMPTY_IN_LAST_FRAGMENT)).hasSize(8);
        assertThat(fragments(ChatDeviation.ARGUMENTS_EMPTY_IN_LAST_FRAGMENT).get(3)).contains("\"index\":0",
                "\"arguments\":\"\"");
        assertThat(fragments(ChatDeviation.ARGUMENTS_EMPTY_IN_LAST_FRAGMENT).get(7)).contains("\"index\":1",
                "\"arguments\":\"\"");
    }

    @Test
    void whole_call_in_one_fragment() {
        assertThat(fragments(ChatDeviation.TOOL_CALL_IN_ONE_FRAGMENT)).hasSize(2).first().asString()
                .contains("\"id\":\"a\"", "\"arguments\":\"{\\\"x\\\":1}\"");
    }

    @Test
    void arguments_as_object() {
        assertThat(fragments(ChatDeviation.ARGUMENTS_AS_OBJECT)).hasSize(2).first().asString()
                .contains("\"arguments\":{\"x\":1}");
    }

    @Test
    void finish_reason_before_the_end() {
        assertThat(Json.text(chunks(ChatDeviation.FINISH_REASON_EMPTY_BEFORE_END).get(1))).contains("\"finish_reason\":\"\"");
        assertThat(Json.text(chunks(ChatDeviation.FINISH_REASON_KEY_MISSING_BEFORE_END).get(1)))
                .doesNotContain("finish_reason");
        assertThat(lastChoice(ChatDeviation.FINISH_REASON_KEY_MISSING_BEFORE_END).getString("finish_reason"))
                .isEqualTo("tool_calls");
    }

    @Test
    void finish_reason_at_the_end() {
        assertThat(lastChoice(ChatDeviation.FINISH_REASON_EMPTY_AT_END).getString("finish_reason")).isEmpty();
        assertThat(lastChoice(ChatDeviation.FINISH_REASON_NEVER).getString("finish_reason")).isNull();
        assertThat(lastChoice(ChatDeviation.FINISH_REASON_STOP_AFTER_TOOL_CALLS).getString("finish_reason")).isEqualTo("stop");
    }

    @Test
    void finish_reason_beside_the_last_fragment() {
        JsonObject last = lastChoice(ChatDeviation.FINISH_WITH_LAST_DELTA);

        assertThat(last.getString("finish_reason")).isEqualTo("tool_calls");
        assertThat(last.getJsonObject("delta").getJsonArray("tool_calls")).hasSize(1);
    }

    @Test
    void last_chunk_without_delta() {
        assertThat(lastChoice(ChatDeviation.FINISH_WITHOUT_DELTA).containsKey("delta")).isFalse();
        assertThat(lastChoice(ChatDeviation.FINISH_WITH_NULL_DELTA).getMap()).containsEntry("delta", null);
    }

    @Test
    void usage_in_other_places() {
        List<JsonObject> onContent = chunks(ChatDeviation.USAGE_ON_LAST_CONTENT_CHUNK);
        assertThat(onContent.get(onContent.size() - 1).getJsonObject("usage").getInteger("completion_tokens")).isEqualTo(7);
        assertThat(Json.text(onContent.get(onContent.size() - 1))).contains("\"finish_reason\":\"tool_calls\"");
        List<JsonObject> groq = chunks(ChatDeviation.USAGE_IN_X_GROQ);
        assertThat(groq.get(groq.size() - 1).getJsonObject("x_groq").getJsonObject("usage")).isNotNull();
        assertThat(chunks(ChatDeviation.USAGE_EMPTY_OBJECT).get(1).getJsonObject("usage")).isEmpty();
        assertThat(chunks(ChatDeviation.USAGE_ON_EVERY_CHUNK).get(2).getJsonObject("usage").getInteger("completion_tokens"))
                .isEqualTo(2);
        assertThat(all(ChatDeviation.USAGE_NEVER)).doesNotContain("usage");
    }

    @Test
    void usage_joins_the_last_delta_together_with_the_finish_reason() {
        JsonObject last = chunks(ChatDeviation.FINISH_WITH_LAST_DELTA, ChatDeviation.USAGE_ON_LAST_CONTENT_CHUNK).get(9);

        assertThat(Json.text(last)).contains("\"finish_reason\":\"tool_calls\"", "\"completion_tokens\":7", "tool_calls\":[");
    }

    @Test
    void role_missing_repeated_or_everywhere() {
        assertThat(all(ChatDeviation.ROLE_MISSING)).doesNotContain("\"role\"");
        assertThat(all(ChatDeviation.ROLE_CHUNK_REPEATED).split("\"role\"")).hasSize(4);
        assertThat(all(ChatDeviation.ROLE_ON_EVERY_DELTA).split("\"role\"")).hasSize(chunks().size());
    }

    @Test
    void content_as_array() {
        JsonArray thinking = ChunkEdits.choice(chunks(ChatDeviation.CONTENT_AS_ARRAY).get(1)).getJsonObject("delta")
                .getJsonArray("content");

        assertThat(Json.text(thinking))
                .isEqualTo("[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]}]");
        assertThat(all(ChatDeviation.CONTENT_AS_ARRAY)).contains("{\"content\":[{\"type\":\"text\",\"text\":\"Hel\"}]}");
    }

    @Test
    void reasoning_in_both_fields() {
        assertThat(all(ChatDeviation.REASONING_IN_BOTH_FIELDS)).contains("\"reasoning_content\":\"hm\",\"reasoning\":\"hm\"");
    }

    @Test
    void index_inside_delta() {
        assertThat(all(ChatDeviation.INDEX_INSIDE_DELTA)).contains("{\"content\":\"Hel\",\"index\":0}")
                .doesNotContain("{\"index\":0,\"delta\"");
    }

    @Test
    void error_frames_replace_the_second_half() {
        for (ChatDeviation error : Set.of(ChatDeviation.ERROR_FRAME, ChatDeviation.ERROR_FRAME_WITH_INT_CODE,
                ChatDeviation.ERROR_FRAME_BARE)) {
            List<JsonObject> chunks = chunks(error);
            assertThat(chunks).hasSize(chunks().size() / 2 + 1);
            assertThat(Json.text(chunks.get(chunks.size() - 1))).contains("error");
        }
    }

    @Test
    void whole_answers_take_what_concerns_their_envelope() throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.enqueue(ANSWER.with(ChatDeviation.CREATED_MISSING, ChatDeviation.TOOL_ID_MISSING));

            assertThat(new Client(server).whole().body()).doesNotContain("created").contains("\"id\":\"a\"");
        }
    }

    @Test
    void deviations_of_one_aspect_do_not_combine() {
        assertThat(ChatDeviation.combinable(Set.of(ChatDeviation.TOOL_ID_MISSING, ChatDeviation.TOOL_ID_EMPTY))).isFalse();
        assertThat(ChatDeviation.combinable(Set.of(ChatDeviation.ID_MISSING, ChatDeviation.CREATED_MISSING))).isTrue();
    }

    @Test
    void parallel_calls_that_nothing_tells_apart_do_not_combine() {
        assertThat(ChatDeviation.combinable(
                Set.of(ChatDeviation.TOOL_INDEX_MISSING, ChatDeviation.TOOL_ID_MISSING, ChatDeviation.TOOL_NAME_REPEATED)))
                .isFalse();
        assertThat(ChatDeviation.combinable(Set.of(ChatDeviation.TOOL_INDEX_MISSING, ChatDeviation.TOOL_ID_MISSING))).isTrue();
    }
}
