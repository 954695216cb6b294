package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/** Messages of Chat Completions in the input of the Responses API mean what they mean there. */
class ChatMessagesTest {

    private static ReceivedRequest received(String items) {
        return new ResponsesServerCodec(ReasoningDialect.SUMMARY).decode(
                ("{'input':[" + items + "]}").replace('\'', '"').getBytes(StandardCharsets.UTF_8), DegradeMode.PLACEHOLDER);
    }

    private static List<Item> items(String items) {
        ReceivedRequest received = received(items);
        assertThat(received.degradations()).isEmpty();
        return received.request().input();
    }

    @Test
    void callsInAMessageAreCalls() {
        assertThat(items("{'role':'assistant','content':'Wait','tool_calls':["
                + "{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}},"
                + "{'id':'c2','type':'custom','custom':{'name':'g','input':'x'}}]},"
                + "{'role':'tool','tool_call_id':'c2','content':'2'},"
                + "{'type':'message','role':'tool','tool_call_id':'c1','content':[{'type':'text','text':'1'}]}"))
                .containsExactly(Message.assistant("Wait"), ToolCall.function("c1", "f", "{}"),
                        ToolCall.builder("c2", "g").kind(ToolCall.Kind.CUSTOM).arguments("x").build(),
                        ToolOutput.of("c2", List.of(Content.text("2"))).withKind(ToolCall.Kind.CUSTOM),
                        ToolOutput.of("c1", List.of(Content.text("1"))));
    }

    @Test
    void aMessageThatOnlyCallsIsNoMessage() {
        for (String content : List.of("null", "''", "[]")) {
            assertThat(items("{'role':'assistant','content':" + content + ",'tool_calls':[{'id':'c1','type':'function',"
                    + "'function':{'name':'f','arguments':{'a':1}}}]}")).containsExactly(ToolCall.function("c1", "f", "{'a':1}"
                            .replace('\'', '"')));
        }
    }

    @Test
    void noCallsAreNone() {
        assertThat(items("{'role':'assistant','content':'Hi','tool_calls':[]},{'role':'assistant','content':'Hi',"
                + "'tool_calls':null,'function_call':null}")).containsExactly(Message.assistant("Hi"), Message.assistant("Hi"));
    }

    @Test
    void theOlderFormsAreReadToo() {
        ReceivedRequest received = received("{'role':'assistant','content':null,'function_call':{'name':'f','arguments':'{}'}},"
                + "{'role':'function','name':'f','content':'1'}");

        String id = "call_of_input_0";
        assertThat(received.request().input()).containsExactly(ToolCall.function(id, "f", "{}"),
                ToolOutput.of(id, List.of(Content.text("1"))));
        assertThat(received.degradations()).extracting(Degradation::place).containsExactly("input[0].function_call",
                "input[1]");
    }

    @Test
    void callsWithoutIdsAreAnsweredInTheirOrder() {
        List<Item> items = received("{'role':'assistant','tool_calls':[{'function':{'name':'f'}},{'id':'c','function':"
                + "{'name':'h'}},{'function':{'name':'g'}}]},{'role':'tool','tool_call_id':'c','content':'0'},"
                + "{'role':'tool','content':'1'},{'role':'tool','content':'2'}").request().input();

        assertThat(items).hasSize(6);
        assertThat(((ToolOutput) items.get(4)).callId()).isEqualTo(((ToolCall) items.get(0)).callId());
        assertThat(((ToolOutput) items.get(5)).callId()).isEqualTo(((ToolCall) items.get(2)).callId())
                .isNotEqualTo(((ToolCall) items.get(0)).callId());
    }

    @Test
    void aCallThatCannotBeReadIsToldOf() {
        ReceivedRequest received = received("{'role':'assistant','content':'Hi','tool_calls':[5,{'id':'c1'}]}");

        assertThat(received.request().input()).containsExactly(Message.assistant("Hi"));
        assertThat(received.degradations()).extracting(Degradation::place).containsExactly("input[0].tool_calls[0]",
                "input[0].tool_calls[1]");
    }

    @Test
    void partsAreRead() {
        assertThat(items("{'role':'user','content':[{'type':'text','text':'a'},"
                + "{'type':'image_url','image_url':{'url':'data:x','detail':'low'}},{'type':'image_url','image_url':'http://i'},"
                + "{'type':'file','file':{'filename':'f','file_data':'data:y'}}]}"))
                .containsExactly(Message.user(Content.text("a"), Content.image("data:x").withDetail("low"),
                        Content.image("http://i"),
                        new Content.File(Optional.empty(), Optional.of("data:y"), Optional.empty(), Optional.of("f"))));
    }
}
