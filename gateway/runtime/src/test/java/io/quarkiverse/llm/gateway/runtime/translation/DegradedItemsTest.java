package io.quarkiverse.llm.gateway.runtime.translation;

import static io.quarkiverse.llm.gateway.runtime.translation.Translations.chat;
import static io.quarkiverse.llm.gateway.runtime.translation.Translations.notes;
import static io.quarkiverse.llm.gateway.runtime.translation.Translations.responses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemReference;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.DegradeMode;

/** What becomes of items of a conversation that the provider cannot take. */
class DegradedItemsTest {

    private static final Message USER = Message.user("Hello");

    private static OpaqueItem opaque(String json) {
        RawJson raw = RawJson.of(json);
        return new OpaqueItem(raw.toJsonObject().getString("type"), raw);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"web_search_call","action":{"type":"search","query":"cats"}}|[web_search_call: cats]
            {"type":"file_search_call","queries":["a","b"]}|[file_search_call: a b]
            {"type":"mcp_call","name":"read","server_label":"files","arguments":"{}"}|[mcp_call: read files]
            {"type":"local_shell_call","action":{"type":"exec","command":["ls","-la"]}}|[local_shell_call: ls -la]
            {"type":"code_interpreter_call","code":"print(1)\\nx"}|[code_interpreter_call: print(1) x]
            {"type":"image_generation_call","result":"AAAA"}|[image_generation_call]
            """)
    void a_call_of_a_hosted_tool_is_told_by_the_assistant(String json, String told) {
        assertThat(chat(USER, opaque(json))).containsExactly(USER, Message.assistant(told));
    }

    @Test
    void an_output_of_a_hosted_tool_keeps_its_numbers_and_may_be_of_any_length() {
        String text = "x".repeat(20_000_001);
        OpaqueItem item = new OpaqueItem("computer_call_output", RawJson.verbatim("{\"type\":\"computer_call_output\","
                + "\"output\":{\"n\": [1.10, 1e400, null], \"e\": {}, \"l\": [ ], \"i\":\"data:image/png;base64,"
                + text + "\"}}"));
        assertThat(Translations.chat(item)).containsExactly(Message.user(
                "[computer_call_output]\n{\"n\":[1.10,1e400,null],\"e\":{},\"l\":[],\"i\":\"[data]\"}"));
    }

    @Test
    void a_long_call_of_a_hosted_tool_is_told_in_a_few_words() {
        Item told = chat(opaque("{\"type\":\"code_interpreter_call\",\"code\":\"" + "x".repeat(9000) + "\"}")).get(0);
        assertThat(((Message) told).text()).hasSizeLessThan(300);
    }

    @Test
    void an_output_that_the_client_gave_is_told_whole_by_the_user() {
        String text = "x".repeat(9000);
        assertThat(chat(opaque("{\"type\":\"local_shell_call_output\",\"output\":\"" + text + "\"}")))
                .containsExactly(Message.user("[local_shell_call_output]\n" + text));
    }

    @Test
    void a_picture_in_such_an_output_is_no_text() {
        String json = "{\"type\":\"computer_call_output\",\"output\":{\"type\":\"computer_screenshot\",\"image_url\":\""
                + "data:image/png;base64," + "A".repeat(9000) + "\"}}";
        assertThat(chat(opaque(json))).containsExactly(Message.user(
                "[computer_call_output]\n{\"type\":\"computer_screenshot\",\"image_url\":\"[data]\"}"));
    }

    @Test
    void an_unknown_item_becomes_a_short_text() {
        assertThat(chat(USER, opaque("{\"type\":\"compaction\",\"encrypted_content\":\"abc\"}"))).containsExactly(USER,
                Message.assistant("[An item of type compaction stood here, which cannot be shown to you.]"));
    }

    @Test
    void unknown_items_and_references_are_left_out_where_that_is_wished() {
        LlmRequest request = LlmRequest.builder()
                .items(List.of(USER, opaque("{\"type\":\"web_search_call\"}"), new ItemReference("msg_1"))).build();
        Translation translation = Translations.of(request, Providers.CHAT, DegradeMode.SKIP);
        assertThat(translation.request().input()).containsExactly(USER);
        assertThat(notes(translation)).containsExactly(
                "input[1]: An item of type web_search_call cannot be taken by the provider and was left out",
                "input[2]: A reference to a stored item cannot be taken by the provider and was left out");
    }

    @Test
    void a_conversation_of_which_nothing_is_left_still_says_so() {
        LlmRequest request = LlmRequest.builder().item(opaque("{\"type\":\"compaction\"}")).build();
        assertThat(Translations.of(request, Providers.CHAT, DegradeMode.SKIP).request().input()).singleElement()
                .isEqualTo(Message.user("[The conversation held nothing that can be shown to you.]"));
    }

    @Test
    void items_that_only_the_Responses_API_knows_go_to_its_servers_as_they_are() {
        Item[] items = { USER, opaque("{\"type\":\"web_search_call\"}"), new ItemReference("msg_1"),
                new Reasoning(Optional.of("rs_1"), Optional.empty(), List.of(), List.of(), Optional.of("abc")) };
        assertThat(responses(items)).containsExactly(items);
    }

    @Test
    void a_reference_becomes_a_short_text_for_a_server_that_stores_nothing() {
        LlmRequest request = LlmRequest.builder().items(List.of(USER, new ItemReference("msg_1"))).build();
        List<Item> items = Translations.of(request, Providers.traits(Preset.OPENROUTER, WireApi.RESPONSES)).request().input();
        assertThat(((Message) items.get(1)).text()).startsWith("[An earlier item");
    }

    @Test
    void reasoning_in_clear_text_stays() {
        Reasoning reasoning = Reasoning.of("Hm").withEncryptedContent("abc");
        assertThat(chat(USER, reasoning, Message.assistant("Yes"))).containsExactly(USER, reasoning, Message.assistant("Yes"));
    }

    @Test
    void encrypted_reasoning_is_left_out_of_Chat_Completions() {
        Reasoning reasoning = new Reasoning(Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.of("abc"));
        assertThat(chat(USER, reasoning, Message.assistant("Yes"))).containsExactly(USER, Message.assistant("Yes"));
    }

    @Test
    void reasoning_that_led_to_nothing_is_left_out_of_Chat_Completions() {
        assertThat(chat(USER, Reasoning.of("Hm"), USER)).containsExactly(USER, USER);
        assertThat(chat(USER, Reasoning.of("Hm"))).containsExactly(USER);
        assertThat(responses(USER, Reasoning.of("Hm"))).containsExactly(USER, Reasoning.of("Hm"));
    }

    @Test
    void messages_without_content_are_left_out_of_Chat_Completions() {
        Message empty = Message.of(Role.ASSISTANT, List.of());
        assertThat(chat(USER, empty, Message.assistant(""), Message.of(Role.USER, List.of()))).containsExactly(USER);
        assertThat(responses(USER, empty)).containsExactly(USER, empty);
    }

    @Test
    void a_user_who_says_nothing_has_asked_all_the_same() {
        assertThat(chat(Message.user(""))).containsExactly(Message.user(""));
    }

    @Test
    void instructions_stay_where_they_are() {
        Item[] items = { Message.developer("A"), USER, Message.developer("B"), Message.system("C"), USER };
        assertThat(chat(items)).containsExactly(items);
    }

    @Test
    void instructions_between_a_call_and_its_output_come_after_them() {
        ToolCall call = ToolCall.function("a", "f", "{}");
        ToolOutput output = ToolOutput.of("a", List.of(Content.text("x")));
        assertThat(chat(call, Message.developer("B"), output)).containsExactly(call, output, Message.developer("B"));
    }
}
