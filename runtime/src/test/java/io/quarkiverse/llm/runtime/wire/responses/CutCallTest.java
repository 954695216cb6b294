package io.quarkiverse.llm.runtime.wire.responses;

import static io.quarkiverse.llm.runtime.wire.responses.Told.CREATED;
import static io.quarkiverse.llm.runtime.wire.responses.Told.end;
import static io.quarkiverse.llm.runtime.wire.responses.Told.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ResponseStatus;

/** Calls that the model did not finish are not complete, so that nobody executes them. */
class CutCallTest {

    private static final String LIMIT = ",\"incomplete_details\":{\"reason\":\"max_output_tokens\"}";
    private static final String CUSTOM = item("added", 0, custom("in_progress", ""));
    private static final String INPUT = "{\"type\":\"response.custom_tool_call_input.delta\",\"item_id\":\"ctc_1\","
            + "\"output_index\":0,\"delta\":\"*** Begin\"}";
    private static final String INPUT_DONE = "{\"type\":\"response.custom_tool_call_input.done\",\"item_id\":\"ctc_1\","
            + "\"output_index\":0,\"input\":\"*** Begin\"}";
    private static final String FUNCTION = item("added", 0, function("in_progress"));
    private static final String NO_ARGUMENTS = "{\"type\":\"response.function_call_arguments.done\",\"item_id\":\"fc_1\","
            + "\"output_index\":0,\"arguments\":\"\"}";

    private static String custom(String status, String input) {
        return "{\"id\":\"ctc_1\",\"type\":\"custom_tool_call\",\"status\":\"" + status
                + "\",\"name\":\"apply_patch\",\"call_id\":\"call_1\",\"input\":\"" + input + "\"}";
    }

    private static String function(String status) {
        return "{\"id\":\"fc_1\",\"type\":\"function_call\",\"status\":\"" + status
                + "\",\"name\":\"now\",\"call_id\":\"call_1\",\"arguments\":\"\"}";
    }

    /** @return the repairs */
    private static Map<Repair, Integer> isCut(Decoding decoding, LlmResponse response) {
        assertThat(decoding.events(LlmEvent.ToolCallStart.class)).hasSize(1);
        assertThat(decoding.events(LlmEvent.ToolCallComplete.class)).isEmpty();
        assertThat(response.toolCalls()).isEmpty();
        assertThat(response.status()).isEqualTo(ResponseStatus.INCOMPLETE);
        assertThat(response.output()).singleElement()
                .satisfies(item -> assertThat(item.status()).contains(ItemStatus.INCOMPLETE));
        return response.repairs();
    }

    @Test
    void a_custom_call_that_a_limit_cut() {
        Decoding decoding = new Decoding();
        LlmResponse response = decoding.whole(List.of(CREATED, CUSTOM, INPUT, INPUT_DONE,
                item("done", 0, custom("incomplete", "*** Begin")), end("incomplete", LIMIT)));

        assertThat(isCut(decoding, response)).containsOnly(Map.entry(Repair.MISSING_OUTPUT, 1));
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.output().get(0).toString()).contains("*** Begin");
    }

    @Test
    void a_custom_call_whose_item_does_not_end_under_a_limit() {
        Decoding decoding = new Decoding();

        isCut(decoding, decoding.whole(List.of(CREATED, CUSTOM, INPUT, INPUT_DONE, end("incomplete", LIMIT))));
    }

    @Test
    void a_custom_call_that_is_incomplete_in_a_response_that_is_said_to_be_completed() {
        Decoding decoding = new Decoding();
        LlmResponse response = decoding.whole(List.of(CREATED, CUSTOM, INPUT,
                item("done", 0, custom("incomplete", "*** Begin")), end("completed", "")));

        assertThat(isCut(decoding, response)).containsKey(Repair.FALSELY_COMPLETED);
    }

    @Test
    void a_custom_call_that_is_incomplete_in_a_whole_response() {
        Decoding decoding = new Decoding();

        isCut(decoding, decoding.body("{\"object\":\"response\",\"id\":\"resp_1\",\"model\":\"m\",\"status\":\"completed\","
                + "\"output\":[" + custom("incomplete", "*** Begin") + "]}"));
    }

    @Test
    void a_function_call_that_a_limit_cut_before_its_first_argument() {
        Decoding decoding = new Decoding();
        LlmResponse response = decoding.whole(List.of(CREATED, FUNCTION, NO_ARGUMENTS,
                item("done", 0, function("incomplete")), end("incomplete", LIMIT)));

        isCut(decoding, response);
        assertThat(decoding.events(LlmEvent.ToolCallArgumentsDelta.class)).isEmpty();
    }

    @Test
    void a_call_whose_item_does_not_end_is_whole_when_the_response_is() {
        assertThat(Decoding.ofEvents(CREATED, CUSTOM, INPUT, INPUT_DONE, end("completed", "")).toolCalls()).hasSize(1);
        assertThat(Decoding.ofEvents(CREATED, FUNCTION, NO_ARGUMENTS, end("completed", "")).toolCalls()).singleElement()
                .satisfies(call -> assertThat(call.arguments()).isEqualTo("{}"));
    }

    @Test
    void a_cut_call_of_a_response_that_is_said_to_be_completed_has_reached_the_limit_when_the_usage_says_so_llama_cpp() {
        assertThat(finishOfCut(9L)).isEqualTo("LENGTH max_output_tokens");
        assertThat(finishOfCut(10L)).isEqualTo("OTHER invalid_tool_call");
        assertThat(finishOfCut(null)).isEqualTo("OTHER invalid_tool_call");
    }

    /** Of a response of 9 tokens. */
    private static String finishOfCut(Long maxOutputTokens) {
        Decoding decoding = new Decoding(
                LlmRequest.builder().user("Hi").maxOutputTokens(maxOutputTokens).build());
        LlmResponse response = decoding
                .whole(new OfficialStream().call("fc_1", "call_a", "f", "{\"x\":").complete().payloads());
        assertThat(response.status()).isEqualTo(ResponseStatus.INCOMPLETE);
        return response.finishReason() + " " + response.incompleteReason().orElseThrow();
    }
}
