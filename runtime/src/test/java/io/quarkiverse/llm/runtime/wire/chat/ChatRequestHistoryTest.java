package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/** What a client replays of a conversation. */
class ChatRequestHistoryTest {

    private static final String CALL = "{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function',"
            + "'function':{'name':'weather','arguments':'{}'}}]},";

    /** Of messages in which nothing is odd. */
    private static List<Item> items(String messages) {
        ReceivedRequest received = Received.ofMessages(messages);
        assertThat(received.degradations()).isEmpty();
        return received.request().input();
    }

    private static Message message(Role role, Content... content) {
        return Message.of(role, List.of(content));
    }

    @Test
    void instructionsKeepTheirRoleAndPlace() {
        assertThat(items("{'role':'system','content':'a'},{'role':'user','content':'b'},{'role':'developer','content':'c'}"))
                .containsExactly(Message.system("a"), Message.user("b"), Message.developer("c"));
    }

    @Test
    void everyPartIsRead() {
        assertThat(items("{'role':'user','content':[{'type':'text','text':'a'},"
                + "{'type':'image_url','image_url':{'url':'data:x','detail':'low'}},"
                + "{'type':'image_url','image_url':'http://i'},"
                + "{'type':'input_audio','input_audio':{'data':'AA','format':'wav'}},"
                + "{'type':'file','file':{'filename':'f','file_data':'data:y'}},{'type':'file','file':{'file_id':'id'}}]}"))
                .containsExactly(message(Role.USER, Content.text("a"), Content.image("data:x").withDetail("low"),
                        Content.image("http://i"), new Content.Audio("AA", "wav"),
                        new Content.File(Optional.empty(), Optional.of("data:y"), Optional.empty(), Optional.of("f")),
                        new Content.File(Optional.of("id"), Optional.empty(), Optional.empty(), Optional.empty())));
    }

    @Test
    void aPartOfAnUnknownTypeIsKeptAsItIs() {
        assertThat(items("{'role':'user','content':[{'type':'video_url', 'video_url':1}]}")).containsExactly(
                message(Role.USER, new Content.Opaque("video_url",
                        RawJson.of("{\"type\":\"video_url\", \"video_url\":1}"))));
    }

    @Test
    void anAssistantThinksSpeaksAndCalls() {
        assertThat(items("{'role':'assistant','reasoning_content':'Hm','content':'Wait','tool_calls':["
                + "{'id':'c1','type':'function','function':{'name':'weather','arguments':'{}'}},"
                + "{'id':'c2','type':'custom','custom':{'name':'sql','input':'select'}}]},"
                + "{'role':'tool','tool_call_id':'c1','content':'21'},"
                + "{'role':'tool','tool_call_id':'c2','content':[{'type':'text','text':'1'}]}"))
                .containsExactly(Reasoning.of("Hm"), Message.assistant("Wait"), ToolCall.function("c1", "weather", "{}"),
                        ToolCall.custom("c2", "sql", "select"), ToolOutput.of("c1", "21"),
                        ToolOutput.of("c2", "1").withKind(ToolCall.Kind.CUSTOM));
    }

    @Test
    void reasoningIsTakenOnceUnderWhateverName() {
        assertThat(items("{'role':'assistant','reasoning':'Hm','reasoning_content':'Hm','content':'Yes'}"))
                .containsExactly(Reasoning.of("Hm"), Message.assistant("Yes"));
        assertThat(items("{'role':'assistant','content':[{'type':'thinking','thinking':[{'type':'text','text':'Hm'}]},"
                + "{'type':'text','text':'Yes'}]}")).containsExactly(Reasoning.of("Hm"), Message.assistant("Yes"));
    }

    @Test
    void aRefusalIsReplayed() {
        assertThat(items("{'role':'assistant','content':null,'refusal':'No'}"))
                .containsExactly(message(Role.ASSISTANT, new Content.Refusal("No")));
    }

    @Test
    void anEmptyTextBesideACallIsNone() {
        assertThat(items("{'role':'assistant','content':'','tool_calls':[{'id':'c','function':{'name':'f',"
                + "'arguments':{'a': 1}}}]}")).containsExactly(ToolCall.function("c", "f", "{\"a\": 1}"));
    }

    @Test
    void theFunctionsOfBeforeAreCallsAndOutputs() {
        List<Item> items = items("{'role':'assistant','content':null,'function_call':{'name':'f','arguments':'{}'}},"
                + "{'role':'function','name':'f','content':'21'}");

        ToolCall call = (ToolCall) items.get(0);
        assertThat(call.name()).isEqualTo("f");
        assertThat(call.callId()).isNotEmpty();
        assertThat(items.get(1)).isEqualTo(ToolOutput.of(call, "21"));
    }

    @Test
    void anOutputThatIsJsonIsItsText() {
        assertThat(items(CALL + "{'role':'tool','tool_call_id':'c1','content':{'degrees': 21}}"))
                .contains(ToolOutput.of("c1", "{\"degrees\": 21}"));
        assertThat(items(CALL + "{'role':'tool','tool_call_id':'c1','content':[1, 2]}"))
                .contains(ToolOutput.of("c1", "[1, 2]"));
    }

    @Test
    void anOutputWithoutAnIdIsThatOfTheCallThatWaits() {
        ReceivedRequest received = Received.ofMessages(CALL + "{'role':'tool','content':'21'}");

        assertThat(received.request().input()).contains(ToolOutput.of("c1", "21"));
        assertThat(received.degradations()).extracting(Degradation::place).containsExactly("messages[1]");
    }

    @Test
    void anOutputThatNobodyWaitsForIsWhatTheUserSays() {
        ReceivedRequest received = Received.ofMessages("{'role':'tool','content':'21'}");

        assertThat(received.request().input()).containsExactly(Message.user("21"));
        assertThat(received.degradations()).hasSize(1);
    }

    @Test
    void aCallWithoutAnIdGetsTheSameOneEachTime() {
        String messages = "{'role':'assistant','tool_calls':[{'function':{'name':'f'}}]},"
                + "{'role':'tool','tool_call_id':'lost','content':'21'}";
        List<Item> items = Received.ofMessages(messages).request().input();

        assertThat(items.get(1)).isEqualTo(ToolOutput.of((ToolCall) items.get(0), "21"));
        assertThat(((ToolCall) items.get(0)).arguments()).isEqualTo("{}");
        assertThat(Received.ofMessages(messages).request().input()).isEqualTo(items);
    }

    @Test
    void aCallWithoutANameIsCalledSomething() {
        ReceivedRequest received = Received.ofMessages("{'role':'assistant','tool_calls':[{'id':'c','function':{}}]}");

        assertThat(received.request().input()).containsExactly(ToolCall.function("c", "unknown", "{}"));
        assertThat(received.degradations()).extracting(Degradation::place).containsExactly("messages[0].tool_calls[0]");
    }

    @Test
    void anUnknownRoleIsTheUsers() {
        ReceivedRequest received = Received.ofMessages("{'role':'critic','content':'a'},{'content':'b'}");

        assertThat(received.request().input()).containsExactly(Message.user("a"), Message.user("b"));
        assertThat(received.degradations()).extracting(Degradation::place).containsExactly("messages[0]", "messages[1]");
    }

    @Test
    void aMessageWithoutContentSaysNothing() {
        ReceivedRequest received = Received
                .ofMessages("{'role':'user'},{'role':'assistant','content':null},{'role':'user','content':[]}");

        assertThat(received.request().input()).containsExactly(Message.user(""), Message.user(""));
    }

    @Test
    void aPartThatLacksWhatItIsAboutHasAPlaceholder() {
        String messages = "{'role':'user','content':[{'type':'text','text':'a'},{'type':'image_url'},{'type':'text'},7,"
                + "{'type':'file','file':{}},{'type':'input_audio','input_audio':{'data':'AA'}}]}";
        ReceivedRequest placeholders = Received.ofMessages(messages, DegradeMode.PLACEHOLDER);

        assertThat(placeholders.request().input()).containsExactly(message(Role.USER, Content.text("a"),
                Content.text("[an image without a URL]"), Content.text("[a text part without a text]"),
                Content.text("[something that is no part]"), Content.text("[a file without id and data]"),
                Content.text("[audio without data or format]")));
        assertThat(placeholders.degradations().get(0))
                .hasToString("messages[0].content[1]: an image without a URL: a placeholder stands in its place");
        ReceivedRequest skipped = Received.ofMessages(messages, DegradeMode.SKIP);
        assertThat(skipped.request().input()).containsExactly(Message.user("a"));
        assertThat(skipped.degradations()).hasSize(5)
                .contains(new Degradation("messages[0].content[4]", "a file without id and data was left out"));
    }

    @Test
    void theNameOfAParticipantIsLeftOut() {
        ReceivedRequest received = Received.ofMessages("{'role':'user','name':'ada','content':'a'}");

        assertThat(received.request().input()).containsExactly(Message.user("a"));
        assertThat(received.degradations()).hasSize(1);
    }

    /** To look for each call among all takes minutes. */
    @Test
    @Timeout(20)
    void outputsOfFunctionsFindTheirCallsAmongVeryMany() {
        int count = 150_000;
        StringBuilder messages = new StringBuilder();
        for (int i = 0; i < count; i++) {
            messages.append("{'role':'assistant','function_call':{'name':'f").append(i).append("','arguments':'{}'}},");
        }
        for (int i = count - 1; i >= 0; i--) {
            messages.append("{'role':'function','name':'f").append(i).append("','content':'").append(i).append("'},");
        }
        List<Item> items = Received.ofMessages(messages + "{'role':'user','content':'Hi'}").request().input();

        assertThat(((ToolOutput) items.get(count)).callId()).isEqualTo(((ToolCall) items.get(count - 1)).callId());
        assertThat(((ToolOutput) items.get(2 * count - 1)).callId()).isEqualTo(((ToolCall) items.get(0)).callId());
    }
}
