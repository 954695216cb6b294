package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemReference;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/** Whatever stands in a replayed conversation, it goes on. */
class OddHistoryTest {

    private static ReceivedRequest received(String items, DegradeMode mode) {
        return new ResponsesServerCodec(ReasoningDialect.SUMMARY)
                .decode(("{\"input\":[" + items + "]}").getBytes(StandardCharsets.UTF_8), mode);
    }

    /** Items that lose nothing. */
    private static List<Item> items(String items) {
        ReceivedRequest received = received(items, DegradeMode.PLACEHOLDER);
        assertThat(received.degradations()).isEmpty();
        return received.request().input();
    }

    private static Reasoning reasoning(List<String> summary, List<String> content, String encrypted) {
        return new Reasoning(Optional.empty(), Optional.empty(), summary, content, Optional.ofNullable(encrypted));
    }

    @ParameterizedTest
    @ValueSource(strings = { "user", "assistant", "system", "developer" })
    void anEasyMessageOfAnyRoleNeedsNoType(String role) {
        Message hi = Message.of(Role.of(role), "Hi");

        assertThat(items("{\"role\":\"" + role + "\",\"content\":\"Hi\"}")).containsExactly(hi);
        assertThat(items("{\"type\":null,\"role\":\"" + role + "\",\"content\":[\"Hi\"]}")).containsExactly(hi);
        assertThat(items("{\"role\":\"" + role + "\",\"content\":{\"type\":\"input_text\",\"text\":\"Hi\"}}"))
                .containsExactly(hi);
    }

    @ParameterizedTest
    @ValueSource(strings = { "output_text", "input_text", "text" })
    void anAssistantsTextIsOfAnyType(String type) {
        assertThat(items("{\"role\":\"assistant\",\"content\":[{\"type\":\"" + type + "\",\"text\":\"Hi\"}]}"))
                .containsExactly(Message.assistant("Hi"));
    }

    @Test
    void anAssistantsMessageMayBeARefusalOrEmpty() {
        assertThat(items("{\"role\":\"assistant\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"No\"}]}"))
                .containsExactly(Message.of(Role.ASSISTANT, List.of(new Content.Refusal("No"))));
        Message empty = Message.of(Role.ASSISTANT, List.of());
        assertThat(items("{\"role\":\"assistant\",\"content\":null},{\"role\":\"assistant\",\"content\":[]},"
                + "{\"role\":\"assistant\",\"content\":[null]}")).containsExactly(empty, empty, empty);
    }

    @Test
    void aMessageKeepsItsIdStatusAndPhaseWhereTheyAreTexts() {
        assertThat(items("""
                {"type":"message","id":"msg_1","status":"completed","role":"assistant","phase":"commentary","content":"Hi"},
                {"type":"message","id":7,"status":{},"role":"assistant","phase":[],"content":"Hi"}"""))
                .containsExactly(Message.assistant("Hi").withId("msg_1").withStatus(ItemStatus.COMPLETED)
                        .withPhase("commentary"), Message.assistant("Hi"));
    }

    @Test
    void imagesAndFilesStayWhatTheyAre() {
        assertThat(items("""
                {"role":"user","content":[{"type":"input_image","image_url":"https://a.example/a.png","detail":null},
                 {"type":"input_image","image_url":{"url":"https://a.example/a.png"}},{"type":"input_image","file_id":"f_1"},
                 {"type":"input_file","filename":"a.txt","file_id":"","file_data":"data:text/plain;base64,SGk="}]}"""))
                .containsExactly(Message.user(Content.image("https://a.example/a.png"),
                        Content.image("https://a.example/a.png"),
                        new Content.Image(Optional.empty(), Optional.of("f_1"), Optional.empty()),
                        new Content.File(Optional.of(""), Optional.of("data:text/plain;base64,SGk="), Optional.empty(),
                                Optional.of("a.txt"))));
    }

    @Test
    void itemsAndPartsThatAreNotKnownAreKept() {
        assertThat(items("""
                {"type":"web_search_call","id":"ws_1"},{"role":"user","content":[{"type":"input_video","video_url":"u"}]}"""))
                .containsExactly(
                        new OpaqueItem("web_search_call", RawJson.of("{\"type\":\"web_search_call\",\"id\":\"ws_1\"}")),
                        Message.user(new Content.Opaque("input_video",
                                RawJson.of("{\"type\":\"input_video\",\"video_url\":\"u\"}"))));
    }

    @Test
    void aReferenceNeedsNoType() {
        assertThat(items("{\"type\":\"item_reference\",\"id\":\"msg_1\"},{\"id\":\"rs_1\"},{\"id\":\"rs_2\",\"type\":null}"))
                .containsExactly(new ItemReference("msg_1"), new ItemReference("rs_1"), new ItemReference("rs_2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "\"{\\\"a\\\":1}\"", "{\"a\":1}" })
    void argumentsMayBeAnObject(String arguments) {
        assertThat(items("{\"type\":\"function_call\",\"call_id\":\"call_1\",\"name\":\"f\",\"arguments\":" + arguments + "}"))
                .containsExactly(ToolCall.function("call_1", "f", "{\"a\":1}"));
    }

    @Test
    void aCallOfACustomToolAndItsOutput() {
        assertThat(items("""
                {"type":"custom_tool_call","call_id":"call_1","name":"sql","input":"select 1","namespace":"db"},
                {"type":"custom_tool_call_output","call_id":"call_1","output":"1"}"""))
                .containsExactly(ToolCall.builder("call_1", "sql").kind(ToolCall.Kind.CUSTOM).namespace("db")
                        .arguments("select 1").build(), ToolOutput.of("call_1", "1").withKind(ToolCall.Kind.CUSTOM));
    }

    @Test
    void anOutputMayBeATextPartsJsonOrNothing() {
        String head = "{\"type\":\"function_call_output\",\"call_id\":\"c\"";
        assertThat(items(head + ",\"output\":\"ok\"}," + head + ",\"output\":[{\"type\":\"input_text\",\"text\":\"ok\"}]},"
                + head + ",\"output\":{\"type\":\"input_text\",\"text\":\"ok\"}}," + head + ",\"output\":[\"ok\"]}"))
                .containsOnly(ToolOutput.of("c", "ok"));
        assertThat(items(head + ",\"output\":{\"a\":1}}," + head + ",\"output\":[1]}," + head + ",\"output\":3}"))
                .containsExactly(ToolOutput.of("c", "{\"a\":1}"), ToolOutput.of("c", "[1]"), ToolOutput.of("c", "3"));
        assertThat(items(head + ",\"output\":null}," + head + "}")).containsOnly(ToolOutput.of("c", List.of()));
    }

    @Test
    void callsAndOutputsWithoutAnIdFindEachOther() {
        ReceivedRequest received = received("""
                {"type":"function_call","name":"a","arguments":"{}"},
                {"type":"function_call","call_id":" ","id":"fc_2","name":"b","arguments":"{}"},
                {"type":"function_call","call_id":"call_3","name":"c","arguments":"{}"},
                {"type":"function_call_output","call_id":"call_3","output":"3"},
                {"type":"function_call_output","output":"1"},
                {"type":"function_call_output","call_id":"","output":"2"},
                {"type":"function_call_output","output":"nobody's"}""", DegradeMode.SKIP);

        assertThat(received.request().input()).containsExactly(ToolCall.function("call_of_input_0", "a", "{}"),
                ToolCall.builder("fc_2", "b").id("fc_2").arguments("{}").build(), ToolCall.function("call_3", "c", "{}"),
                ToolOutput.of("call_3", "3"), ToolOutput.of("call_of_input_0", "1"), ToolOutput.of("fc_2", "2"),
                ToolOutput.of("call_of_input_6", "nobody's"));
        assertThat(received.degradations()).extracting(Degradation::place)
                .containsExactly("input[0]", "input[1]", "input[4]", "input[5]", "input[6]");
    }

    @ParameterizedTest
    @ValueSource(strings = { "[{\"type\":\"summary_text\",\"text\":\"Hm\"}]", "[\"Hm\"]", "\"Hm\"",
            "{\"type\":\"summary_text\",\"text\":\"Hm\"}" })
    void aSummaryIsAListOrAString(String summary) {
        assertThat(items("{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":" + summary + "}"))
                .containsExactly(reasoning(List.of("Hm"), List.of(), null).withId("rs_1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "\"gAAAA\" | gAAAA", "\"\" |", "null |" })
    void encryptedReasoningThatIsEmptyIsNone(String said, String kept) {
        assertThat(items("{\"type\":\"reasoning\",\"summary\":null,\"content\":null,\"encrypted_content\":" + said + "}"))
                .containsExactly(reasoning(List.of(), List.of(), kept));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "5 | input[0] | an item that is no object | USER",
            "null | input[0] | an item that is no object | USER",
            "[] | input[0] | an item that is no object | USER",
            "{} | input[0] | an item without a type | USER",
            "{\"type\":\"\"} | input[0] | an item without a type | USER",
            "{\"type\":\"item_reference\"} | input[0] | a reference to an item without its id | USER",
            "{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"\"} | input[0] | a call of a tool without its name "
                    + "| ASSISTANT",
            "{\"role\":\"user\",\"content\":[{\"type\":\"input_text\"}]} | input[0].content[0] "
                    + "| a part of a message without its text | USER",
            "{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"\"}]} | input[0].content[0] "
                    + "| an image without a URL | USER",
            "{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"filename\":\"a\"}]} | input[0].content[0] "
                    + "| a file without an id, data or a URL | USER",
            "{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\"}]} | input[0].content[0] "
                    + "| audio without its data | USER",
            "{\"role\":\"assistant\",\"content\":[{\"type\":\"refusal\"}]} | input[0].content[0] "
                    + "| a refusal without its text | ASSISTANT",
            "{\"role\":\"user\",\"content\":5} | input[0].content | a part of a message that is no object | USER" })
    void whatCannotBeTakenLeavesAPlaceholderOrNothing(String item, String place, String what, Role role) {
        ReceivedRequest replaced = received("\"Hi\"," + item, DegradeMode.PLACEHOLDER);
        ReceivedRequest skipped = received("\"Hi\"," + item, DegradeMode.SKIP);

        String second = place.replace("[0].", "[1].").replace("input[0]", "input[1]");
        assertThat(replaced.request().input()).containsExactly(Message.user("Hi"), Message.of(role, "[" + what + "]"));
        assertThat(replaced.degradations()).extracting(Degradation::place).containsExactly(second);
        assertThat(replaced.degradations().get(0).what()).endsWith(": a placeholder stands in its place.");
        assertThat(skipped.request().input().stream().map(OddHistoryTest::words)).startsWith("Hi")
                .doesNotContain("[" + what + "]");
        assertThat(skipped.degradations().get(0).what()).endsWith(": it is left out.");
    }

    private static String words(Item item) {
        return ((Message) item).text();
    }

    @Test
    void whatIsTakenForSomethingElseIsSaid() {
        ReceivedRequest received = received("""
                {"role":"tool","content":"secret"},{"type":"message","content":"secret"},
                {"type":"reasoning","summary":[{"type":"summary_text"},"secret"],"content":5},
                {"role":"user","content":[{"type":"text","text":"secret","annotations":[1]}]}""", DegradeMode.PLACEHOLDER);

        assertThat(received.request().input()).containsExactly(Message.user("secret"), Message.user("secret"),
                reasoning(List.of("secret"), List.of(), null), Message.user("secret"));
        assertThat(received.degradations()).extracting(Degradation::place).containsExactly("input[0]", "input[1]",
                "input[2].summary", "input[2].content", "input[3].content[0]");
        assertThat(received.degradations()).noneMatch(degradation -> degradation.what().contains("secret"));
    }

    @Test
    void aHistoryFullOfRubbishHasNoEndlessList() {
        ReceivedRequest received = received("{},".repeat(100_000) + "\"Hi\"", DegradeMode.SKIP);

        assertThat(received.request().input()).containsExactly(Message.user("Hi"));
        assertThat(received.degradations()).hasSize(51);
    }
}
