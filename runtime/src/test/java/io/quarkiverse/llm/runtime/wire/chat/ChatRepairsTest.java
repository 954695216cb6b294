package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;

/** What is repaired of an answer of Chat Completions is counted, or is a failure. */
class ChatRepairsTest {

    private static final ProviderSettings STRICT = TestSettings.of("http://localhost")
            .decoding(io.quarkiverse.llm.runtime.config.Decoding.STRICT).build();

    private static String chunk(String toolCalls) {
        return "{\"id\":\"1\",\"model\":\"m\",\"created\":1700000000,\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":["
                + toolCalls + "]}}]}";
    }

    private static final String END = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}";

    @Test
    void a_stream_without_id_model_and_time() {
        LlmResponse response = Decoding.ofEvents("{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}", "[DONE]");

        assertThat(response.repairs()).isEqualTo(Map.of(Repair.MISSING_RESPONSE_ID, 1, Repair.MISSING_MODEL, 1,
                Repair.MISSING_CREATED_AT, 1));
    }

    @Test
    void calls_without_ids_and_without_indexes() {
        LlmResponse response = Decoding.ofEvents(chunk("{\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
                chunk("{\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}"), END);

        assertThat(response.repairs()).isEqualTo(Map.of(Repair.MISSING_CALL_ID, 2, Repair.MISSING_INDEX, 2));
    }

    @Test
    void all_calls_with_one_index_ollama_15457() {
        LlmResponse response = Decoding.ofEvents(
                chunk("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
                chunk("{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}"), END);

        assertThat(response.repairs()).isEqualTo(Map.of(Repair.MISSING_INDEX, 1));
    }

    @Test
    void calls_of_a_whole_answer_need_no_index() {
        LlmResponse response = Decoding.ofBody("{\"id\":\"1\",\"model\":\"m\",\"created\":1700000000,\"choices\":[{\"index\":0,"
                + "\"message\":{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                + "\"finish_reason\":\"tool_calls\"}]}");

        assertThat(response.repairs()).isEmpty();
    }

    @Test
    void strict_decoding_makes_a_repair_a_failure_that_names_what_is_wrong_and_the_key() {
        String chunk = chunk("{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}");

        assertThatThrownBy(() -> new Decoding(STRICT).whole(List.of(chunk, END))).isInstanceOf(LlmDecodeException.class)
                .hasMessageContaining("(missing_call_id): a tool call has no id")
                .hasMessageContaining("quarkus.llm.test.decoding=lenient")
                .satisfies(failure -> assertThat(((LlmDecodeException) failure).raw()).isEqualTo(chunk));
    }

    @Test
    void strict_decoding_leaves_no_part_of_a_response_without_an_id() {
        Decoding decoding = new Decoding(STRICT);

        assertThatThrownBy(() -> decoding.event("{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}"))
                .hasMessageContaining("(missing_response_id)");
        assertThat(decoding.decoder.partial()).isEmpty();
    }
}
