package io.quarkiverse.llm.runtime.json;

import static io.quarkiverse.llm.runtime.json.Form.assertForm;
import static io.quarkiverse.llm.runtime.json.Form.assertReads;
import static io.quarkiverse.llm.runtime.json.Form.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Annotation;
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

class ItemFormTest {

    @Test
    void userMessage() {
        assertForm(Message.user(Content.text("What is this?"), Content.image("https://example.com/cat.png").withDetail("low")),
                Item.class, """
                        {"type":"message","role":"user","content":[\
                        {"type":"input_text","text":"What is this?"},\
                        {"type":"input_image","image_url":"https://example.com/cat.png","detail":"low"}]}""");
    }

    @Test
    void assistantMessage() {
        RawJson citation = RawJson.of("{\"type\":\"url_citation\",\"url\":\"https://example.com\",\"start_index\":0}");
        Content text = new Content.Text("A cat.", List.of(new Annotation("url_citation", citation)),
                Optional.of(RawJson.of("[{\"token\":\"A\",\"logprob\":-0.10}]")));
        assertForm(Message.of(Role.ASSISTANT, List.of(text, new Content.Refusal("No more."))).withId("msg_1")
                .withStatus(ItemStatus.COMPLETED).withPhase("final_answer"), Item.class, """
                        {"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[\
                        {"type":"output_text","text":"A cat.",\
                        "annotations":[{"type":"url_citation","url":"https://example.com","start_index":0}],\
                        "logprobs":[{"token":"A","logprob":-0.10}]},\
                        {"type":"refusal","refusal":"No more."}],"phase":"final_answer"}""");
    }

    @Test
    void textOfAnAssistantHasItsAnnotationsAlways() {
        assertForm(Message.assistant("Yes"), Item.class, """
                {"type":"message","role":"assistant",\
                "content":[{"type":"output_text","text":"Yes","annotations":[]}]}""");
    }

    @Test
    void partsOfEachKind() {
        assertForm(Content.text("hi"), Content.class, "{\"type\":\"input_text\",\"text\":\"hi\"}");
        assertForm(new Content.Image(Optional.empty(), Optional.of("file_1"), Optional.empty()), Content.class,
                "{\"type\":\"input_image\",\"file_id\":\"file_1\"}");
        assertForm(Content.file("a.pdf", "application/pdf", new byte[] { 1 }), Content.class,
                "{\"type\":\"input_file\",\"file_data\":\"data:application/pdf;base64,AQ==\",\"filename\":\"a.pdf\"}");
        assertForm(Content.audio("wav", new byte[] { 1 }), Content.class,
                "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AQ==\",\"format\":\"wav\"}}");
        String video = "{\"type\":\"input_video\",\"video_url\":\"https://example.com/v.mp4\"}";
        assertForm(new Content.Opaque("input_video", RawJson.of(video)), Content.class, video);
    }

    @Test
    void functionCall() {
        assertForm(ToolCall.builder("call_1", "weather").id("fc_1").status(ItemStatus.COMPLETED).namespace("geo")
                .arguments("{\"city\": \"Rome\"}").build(), Item.class, """
                        {"type":"function_call","id":"fc_1","status":"completed","namespace":"geo","name":"weather",\
                        "call_id":"call_1","arguments":"{\\"city\\": \\"Rome\\"}"}""");
    }

    @Test
    void customToolCall() {
        assertForm(ToolCall.custom("call_2", "shell", "ls -l"), Item.class, """
                {"type":"custom_tool_call","name":"shell","call_id":"call_2","input":"ls -l"}""");
    }

    @Test
    void outputsOfCalls() {
        assertForm(ToolOutput.of("call_1", "21 degrees"), Item.class, """
                {"type":"function_call_output","call_id":"call_1","output":"21 degrees"}""");
        assertForm(ToolOutput.of("call_2", "a.txt").withKind(ToolCall.Kind.CUSTOM), Item.class, """
                {"type":"custom_tool_call_output","call_id":"call_2","output":"a.txt"}""");
        assertForm(ToolOutput.of("call_1", List.of(Content.text("a"), Content.image("data:,"))), Item.class, """
                {"type":"function_call_output","call_id":"call_1","output":[\
                {"type":"input_text","text":"a"},{"type":"input_image","image_url":"data:,"}]}""");
    }

    @Test
    void reasoning() {
        assertForm(Reasoning.of("Cats have tails.").withId("rs_1").withSummary(List.of("Tails"))
                .withEncryptedContent("gAAA"), Item.class, """
                        {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Tails"}],\
                        "content":[{"type":"reasoning_text","text":"Cats have tails."}],"encrypted_content":"gAAA"}""");
    }

    @Test
    void reference() {
        assertForm(new ItemReference("msg_1"), Item.class, "{\"type\":\"item_reference\",\"id\":\"msg_1\"}");
    }

    @Test
    void otherItemsStandAsTheyAre() {
        String search = "{\"id\":\"ws_1\",\"type\":\"web_search_call\",\"status\":\"searching\",\"score\":1.50e2}";
        assertForm(new OpaqueItem("web_search_call", RawJson.of(search)), Item.class, search);
    }

    @Test
    void textOfOtherItemsIsKeptByteForByte() {
        String item = "{ \"type\" : \"compaction\",\n  \"n\":1.0E+2, \"x\":\"\\u00e9\\/\" }";
        assertThat(ItemReader.readList(JsonValue.of("[ " + item + "  ]")))
                .containsExactly(new OpaqueItem("compaction", RawJson.of(item)));
        assertThat(Form.write(new OpaqueItem("compaction", RawJson.of(item)))).isEqualTo(item);
    }

    @Test
    void contentMayBeAString() {
        assertReads(Item.class, "{\"role\":\"user\",\"content\":\"hi\"}", Message.user("hi"));
        assertReads(Item.class, "{\"role\":\"assistant\",\"content\":[\"hi\"]}", Message.assistant("hi"));
        assertReads(Item.class, "{\"role\":\"assistant\",\"content\":null}", Message.of(Role.ASSISTANT, List.of()));
    }

    @Test
    void anyTypeOfTextIsText() {
        for (String type : List.of("text", "input_text", "output_text", "summary_text", "reasoning_text")) {
            assertReads(Item.class, "{\"role\":\"user\",\"content\":[{\"type\":\"" + type + "\",\"text\":\"hi\"}]}",
                    Message.user("hi"));
        }
    }

    @Test
    void outputMayBeAnyJson() {
        String call = "{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":";
        assertReads(Item.class, call + "{\"degrees\":21}}", ToolOutput.of("c", "{\"degrees\":21}"));
        assertReads(Item.class, call + "[1,2]}", ToolOutput.of("c", "[1,2]"));
        assertReads(Item.class, call + "21}", ToolOutput.of("c", "21"));
        assertReads(Item.class, call + "[{\"type\":\"text\",\"text\":\"21\"}]}", ToolOutput.of("c", "21"));
        assertReads(Item.class, call + "[]}", ToolOutput.of("c", List.of()));
    }

    @Test
    void oddItemsAreTakenForWhatTheyMean() {
        assertReads(Item.class, "{\"id\":\"msg_1\"}", new ItemReference("msg_1"));
        assertReads(Item.class, "{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":{\"a\":1}}",
                ToolCall.function("c", "f", "{\"a\":1}"));
        assertReads(Item.class, "{\"type\":\"reasoning\",\"summary\":[\"a\"],\"content\":null,\"later\":1}",
                new Reasoning(Optional.empty(), Optional.empty(), List.of("a"), List.of(), Optional.empty()));
        assertReads(Item.class, "{\"type\":\"message\",\"role\":\"user\",\"content\":\"\",\"status\":\"odd\"}",
                Message.user(""));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertRefused(Item.class, "{\"type\":\"function_call\",\"name\":\"f\"}", "\"call_id\" is missing");
        assertRefused(Item.class, "{\"content\":\"hi\"}", "\"type\" is missing");
        assertRefused(Item.class, "{\"type\":\"message\",\"role\":\"tool\"}",
                "\"role\" must be one of user, assistant, system, developer");
        assertRefused(Item.class, "{\"role\":\"user\",\"content\":[{\"type\":\"input_image\"}]}",
                "\"content[0].image_url\" is missing");
        assertRefused(Item.class, "{\"role\":\"user\",\"content\":[{\"type\":\"input_file\"}]}",
                "\"content[0].file_data\" is missing");
        assertRefused(Item.class, "{\"role\":\"user\",\"content\":[7]}", "\"content[0]\" must be an object, not a number");
        assertRefused(Item.class, "\"hi\"", "The value must be an object, not a string");
        assertRefused(Message.class, "{\"type\":\"item_reference\",\"id\":\"x\"}",
                "Message was asked for, but this is ItemReference");
    }
}
