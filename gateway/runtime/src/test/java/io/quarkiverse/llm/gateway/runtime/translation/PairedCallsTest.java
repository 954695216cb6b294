package io.quarkiverse.llm.gateway.runtime.translation;

import static io.quarkiverse.llm.gateway.runtime.translation.Translations.chat;
import static io.quarkiverse.llm.gateway.runtime.translation.Translations.notes;
import static io.quarkiverse.llm.gateway.runtime.translation.Translations.responses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

/** Calls and outputs of a replayed conversation find each other, or are told otherwise. */
class PairedCallsTest {

    private static final Message USER = Message.user("Hello");
    private static final String NONE = "[No output of this call was recorded.]";

    private static ToolCall call(String id) {
        return ToolCall.function(id, "f", "{}");
    }

    private static ToolOutput output(String id) {
        return ToolOutput.of(id, "output of " + id);
    }

    @Test
    void a_conversation_in_order_stays_the_very_same() {
        LlmRequest request = LlmRequest.builder()
                .items(List.of(USER, call("a"), call("b"), output("b"), output("a"), Message.assistant("Done"), USER)).build();
        Translation translation = Translations.of(request, Providers.CHAT);
        assertThat(translation.request()).isEqualTo(request);
        assertThat(translation.degradations()).isEmpty();
    }

    @Test
    void an_output_moves_to_its_call() {
        assertThat(chat(USER, call("a"), USER, output("a"))).containsExactly(USER, call("a"), output("a"), USER);
        assertThat(chat(call("a"), call("b"), output("a"), Message.assistant("Hm"), output("b")))
                .containsExactly(call("a"), call("b"), output("a"), output("b"), Message.assistant("Hm"));
    }

    @Test
    void a_moved_output_is_noted() {
        LlmRequest request = LlmRequest.builder().items(List.of(call("a"), USER, output("a"))).build();
        assertThat(notes(Translations.of(request, Providers.CHAT)))
                .containsExactly("input[2]: The output of a call was moved to its call");
    }

    @Test
    void an_output_stays_in_its_place_for_a_server_of_the_Responses_API() {
        assertThat(responses(call("a"), USER, output("a"))).containsExactly(call("a"), USER, output("a"));
    }

    @Test
    void an_output_without_its_call_is_told_by_the_user() {
        Message told = Message.user(
                Content.text("[The output of the tool call a, which is not part of this conversation]"),
                Content.text("output of a"));
        assertThat(chat(USER, output("a"), USER)).containsExactly(USER, told, USER);
        assertThat(responses(USER, output("a"), USER)).containsExactly(USER, told, USER);
    }

    @Test
    void outputs_of_unknown_calls_and_nothing_else_are_refused() {
        assertThatThrownBy(() -> chat(output("a"), output("b"))).isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("No tool call found for the tool output with call_id a.");
        assertThatThrownBy(() -> responses(output("a"))).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void outputs_alone_are_fine_where_the_server_keeps_the_conversation() {
        LlmRequest request = LlmRequest.builder().previousResponseId("resp_1").items(List.of(output("a"))).build();
        assertThat(Translations.of(request, Providers.RESPONSES).request().input()).containsExactly(output("a"));
    }

    @Test
    void an_output_that_stands_before_its_call_is_not_its_output() {
        List<Item> items = chat(output("a"), call("a"), USER);
        assertThat(items.get(0)).isInstanceOf(Message.class);
        assertThat(items.subList(1, 4)).containsExactly(call("a"), ToolOutput.of("a", NONE), USER);
    }

    @Test
    void an_orphan_between_a_call_and_its_output_comes_after_both() {
        List<Item> items = chat(call("a"), output("x"), output("a"));
        assertThat(items.subList(0, 2)).containsExactly(call("a"), output("a"));
        assertThat(((Message) items.get(2)).text()).contains("output of x");
    }

    @Test
    void a_call_that_nobody_answered_gets_an_output_that_says_so() {
        assertThat(chat(call("a"), call("b"), output("a"), USER)).containsExactly(call("a"), call("b"), output("a"),
                ToolOutput.of("b", NONE), USER);
        assertThat(responses(call("a"), USER)).containsExactly(call("a"), ToolOutput.of("a", NONE), USER);
    }

    @Test
    void a_call_at_the_end_gets_one_too_since_servers_refuse_it_there_as_well() {
        assertThat(chat(USER, call("a"))).containsExactly(USER, call("a"), ToolOutput.of("a", NONE));
    }

    @Test
    void a_custom_call_gets_an_output_of_its_kind() {
        ToolCall custom = ToolCall.custom("a", "patch", "x");
        assertThat(responses(custom, USER)).contains(ToolOutput.of(custom, NONE));
    }

    @Test
    void an_output_has_the_kind_of_its_call() {
        ToolCall custom = ToolCall.custom("a", "patch", "x");
        assertThat(responses(custom, output("a"))).containsExactly(custom, ToolOutput.of(custom, "output of a"));
    }

    @Test
    void what_the_server_keeps_is_not_missed() {
        LlmRequest request = LlmRequest.builder().previousResponseId("resp_1").items(List.of(output("a"), call("b"))).build();
        assertThat(Translations.of(request, Providers.RESPONSES).request()).isEqualTo(request);
        LlmRequest other = LlmRequest.builder().conversation("conv_1").items(List.of(output("a"), USER)).build();
        assertThat(Translations.of(other, Providers.RESPONSES).request()).isEqualTo(other);
    }

    @Test
    void a_further_output_of_a_call_is_told_by_the_user() {
        Message told = Message.user(Content.text("[A further output of the tool call a]"), Content.text("output of a"));
        assertThat(chat(call("a"), output("a"), output("a"), USER)).containsExactly(call("a"), output("a"), told, USER);
    }

    @Test
    void calls_of_the_same_id_are_told_apart_with_their_outputs() {
        assertThat(chat(call("a"), output("a"), USER, call("a"), ToolOutput.of("a", "second")))
                .containsExactly(call("a"), output("a"), USER, call("a_2"), ToolOutput.of("a_2", "second"));
        assertThat(chat(call("a"), call("a"), ToolOutput.of("a", "first"), ToolOutput.of("a", "second")))
                .containsExactly(call("a"), call("a_2"), ToolOutput.of("a", "first"), ToolOutput.of("a_2", "second"));
    }

    @Test
    void an_output_answers_the_latest_turn_with_its_call() {
        assertThat(chat(call("a"), USER, call("a"), output("a"))).containsExactly(call("a"), ToolOutput.of("a", NONE), USER,
                call("a_2"), ToolOutput.of("a_2", "output of a"));
    }

    @Test
    void ids_stay_within_their_length_when_they_are_told_apart() {
        String id = "x".repeat(64);
        assertThat(chat(call(id), output(id), call(id), output(id))).filteredOn(ToolCall.class::isInstance)
                .extracting(item -> ((ToolCall) item).callId()).doesNotHaveDuplicates().allMatch(one -> one.length() <= 64);
    }

    @Test
    void an_id_that_repeats_in_each_answer_costs_no_more_each_time() {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            items.addAll(List.of(call("call_0"), output("call_0")));
        }
        List<Item> apart = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> chat(items.toArray(Item[]::new)));
        assertThat(((ToolCall) apart.get(39_998)).callId()).isEqualTo("call_0_20000");
    }

    @Test
    void a_call_without_an_id_gets_one() {
        assertThat(chat(call(""), output(""))).containsExactly(call("call_1"), ToolOutput.of("call_1", "output of "));
    }

    @Test
    void a_cut_call_that_nobody_answered_is_left_out() {
        ToolCall cut = ToolCall.builder("a", "f").status(ItemStatus.INCOMPLETE).arguments("{\"x").build();
        assertThat(chat(Message.assistant("Well"), cut, USER)).containsExactly(Message.assistant("Well"), USER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1}|{"a":1}
            ``|{}
            no json|{"input":"no json"}
            [1]|{"input":"[1]"}
            {"cut|{"input":"{\\"cut"}
            """)
    void arguments_are_an_object_in_Chat_Completions(String arguments, String expected) {
        assertThat(chat(ToolCall.function("a", "f", arguments), output("a")))
                .containsExactly(ToolCall.function("a", "f", expected), output("a"));
    }

    @Test
    void arguments_stay_as_they_are_for_a_server_of_the_Responses_API() {
        ToolCall odd = ToolCall.function("a", "f", "no json");
        assertThat(responses(odd, output("a"))).containsExactly(odd, output("a"));
        assertThat(odd.status()).isEqualTo(Optional.empty());
    }
}
