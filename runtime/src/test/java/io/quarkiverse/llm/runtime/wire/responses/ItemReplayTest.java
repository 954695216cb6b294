package io.quarkiverse.llm.runtime.wire.responses;

import static io.quarkiverse.llm.runtime.wire.responses.Bodies.input;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.ItemReference;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.preset.Preset;

/** What goes back to a server of what was said before; unless said otherwise the server is OpenAI. */
class ItemReplayTest {

    private static final String CALL = "{\"type\":\"function_call\",\"name\":\"f\",\"call_id\":\"call_1\","
            + "\"arguments\":\"{}\"}";
    private static final String OUTPUT = "{\"type\":\"function_call_output\",\"call_id\":\"call_1\",\"output\":\"ok\"}";
    private static final String ANSWER = "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"a\"}";
    private static final Reasoning HIDDEN = new Reasoning(Optional.of("rs_1"), Optional.empty(), List.of(), List.of(),
            Optional.empty());

    private static LlmRequest.Builder request() {
        return LlmRequest.builder();
    }

    @Test
    void aMessageOfOneTextIsAStringWhoeverSaidIt() {
        assertThat(input(request().system("S").item(Message.developer("D")).user("U").assistant("A"))).isEqualTo("["
                + "{\"type\":\"message\",\"role\":\"system\",\"content\":\"S\"},"
                + "{\"type\":\"message\",\"role\":\"developer\",\"content\":\"D\"},"
                + "{\"type\":\"message\",\"role\":\"user\",\"content\":\"U\"},"
                + "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"A\"}]");
    }

    @Test
    void imagesAndFilesAreParts() {
        assertThat(input(request().user(Content.text("Look"), Content.image("https://example.com/a.png").withDetail("low"),
                new Content.Image(Optional.empty(), Optional.of("file_1"), Optional.empty()),
                Content.file("a.pdf", "application/pdf", new byte[] { 1 }),
                new Content.File(Optional.empty(), Optional.empty(), Optional.of("https://example.com/b.pdf"),
                        Optional.empty()),
                new Content.Opaque("input_video", RawJson.of("{\"type\":\"input_video\",\"video_url\":\"v\"}")))))
                .isEqualTo("[{\"type\":\"message\",\"role\":\"user\",\"content\":["
                        + "{\"type\":\"input_text\",\"text\":\"Look\"},"
                        + "{\"type\":\"input_image\",\"image_url\":\"https://example.com/a.png\",\"detail\":\"low\"},"
                        + "{\"type\":\"input_image\",\"file_id\":\"file_1\"},"
                        + "{\"type\":\"input_file\",\"file_data\":\"data:application/pdf;base64,AQ==\","
                        + "\"filename\":\"a.pdf\"},"
                        + "{\"type\":\"input_file\",\"file_url\":\"https://example.com/b.pdf\"},"
                        + "{\"type\":\"input_video\",\"video_url\":\"v\"}]}]");
    }

    @Test
    void whatTheModelSaidGoesBackWithAnnotationsAndWithoutLogProbabilities() {
        RawJson annotation = RawJson.of("{\"type\":\"url_citation\",\"url\":\"u\"}");
        Content cited = new Content.Text("a", List.of(new Annotation("url_citation", annotation)),
                Optional.of(RawJson.of("[{}]")));
        Message message = new Message(Optional.of("msg_1"), Optional.of(ItemStatus.COMPLETED), Role.ASSISTANT,
                List.of(cited, new Content.Refusal("No.")), Optional.of("final_answer"));

        assertThat(input(request().item(message))).isEqualTo("[{\"type\":\"message\",\"role\":\"assistant\",\"content\":["
                + "{\"type\":\"output_text\",\"text\":\"a\",\"annotations\":[" + annotation + "]},"
                + "{\"type\":\"refusal\",\"refusal\":\"No.\"}],\"phase\":\"final_answer\"}]");
    }

    @Test
    void callsAndOutputsAreTiedByTheirCallIdAlone() {
        ToolCall call = ToolCall.builder("call_1", "f").id("fc_1").status(ItemStatus.COMPLETED).arguments("{}").build();

        assertThat(input(request().item(call).item(ToolOutput.of("call_1", "ok").withId("fco_1")
                .withStatus(ItemStatus.COMPLETED)))).isEqualTo("[" + CALL + "," + OUTPUT + "]");
    }

    @Test
    void customCallsAndTheirNamespacesKeepTheirKind() {
        ToolCall call = ToolCall.builder("c", "sql").kind(ToolCall.Kind.CUSTOM).namespace("db").arguments("select 1").build();

        assertThat(input(request().item(call).toolOutput("c", "1"))).isEqualTo("["
                + "{\"type\":\"custom_tool_call\",\"namespace\":\"db\",\"name\":\"sql\",\"call_id\":\"c\","
                + "\"input\":\"select 1\"},"
                + "{\"type\":\"custom_tool_call_output\",\"call_id\":\"c\",\"output\":\"1\"}]");
    }

    @Test
    void anOutputOfSeveralPartsIsAnArrayAndAnEmptyOneAString() {
        assertThat(input(request().item(ToolOutput.of("c", List.of(Content.text("here"), Content.image("http://x/i.png"))))
                .item(ToolOutput.of("d", List.of())))).isEqualTo("["
                        + "{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":["
                        + "{\"type\":\"input_text\",\"text\":\"here\"},"
                        + "{\"type\":\"input_image\",\"image_url\":\"http://x/i.png\"}]},"
                        + "{\"type\":\"function_call_output\",\"call_id\":\"d\",\"output\":\"\"}]");
    }

    @Test
    void aCutCallThatNobodyAnsweredStaysOut() {
        ToolCall cut = ToolCall.builder("c", "f").arguments("{\"a\":").status(ItemStatus.INCOMPLETE).build();

        assertThat(input(request().assistant("a").item(cut))).isEqualTo("[" + ANSWER + "]");
        assertThat(input(request().item(cut).toolOutput("c", "cut"))).contains("function_call\"", "function_call_output");
    }

    @Test
    void referencesAndForeignItemsGoBackAsTheyAre() {
        String search = "{ \"id\" : \"ws_1\", \"type\":\"web_search_call\", \"x\": 1.50 }";

        assertThat(Bodies.text(request().item(new ItemReference("msg_1"))
                .item(new OpaqueItem("web_search_call", RawJson.of(search)))))
                .contains("[{\"type\":\"item_reference\",\"id\":\"msg_1\"}," + search + "]");
    }

    @Test
    void encryptedReasoningNeedsNoIdWhichAServerWouldLookFor() {
        Reasoning reasoning = HIDDEN.withSummary(List.of("s")).withStatus(ItemStatus.COMPLETED).withEncryptedContent("gAAA");
        String sent = "[{\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"s\"}],"
                + "\"encrypted_content\":\"gAAA\"}," + ANSWER + "]";

        assertThat(input(request().item(reasoning).assistant("a"))).isEqualTo(sent);
        assertThat(input(request().item(reasoning).item(Message.assistant("a").withId("msg_1")).store(false)))
                .isEqualTo(sent);
    }

    @Test
    void storedReasoningGoesBackByItsIdAndWhatFollowedItByTheirs() {
        LlmRequest.Builder turn = request().user("u").item(HIDDEN)
                .item(Message.assistant("a").withId("msg_1").withStatus(ItemStatus.INCOMPLETE))
                .item(ToolCall.builder("call_1", "f").id("fc_1").arguments("{}").build()).toolOutput("call_1", "ok")
                .item(Message.assistant("a").withId("msg_2"));

        assertThat(input(turn)).isEqualTo("[{\"type\":\"message\",\"role\":\"user\",\"content\":\"u\"},"
                + "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[]},"
                + "{\"type\":\"message\",\"id\":\"msg_1\",\"status\":\"incomplete\",\"role\":\"assistant\",\"content\":["
                + "{\"type\":\"output_text\",\"text\":\"a\",\"annotations\":[]}]},"
                + "{\"type\":\"function_call\",\"id\":\"fc_1\",\"name\":\"f\",\"call_id\":\"call_1\",\"arguments\":\"{}\"},"
                + OUTPUT + "," + ANSWER + "]");
    }

    @Test
    void reasoningThatNobodyStoredStaysOutAndLeavesNoIdsBehind() {
        assertThat(input(request().item(HIDDEN).item(Message.assistant("a").withId("msg_1")).store(false)))
                .isEqualTo("[" + ANSWER + "]");
    }

    @Test
    void reasoningOfAnotherServerIsNotShownToOpenAi() {
        assertThat(input(request().item(Reasoning.of("hm").withId("rs_1")).item(HIDDEN.withId("item_1")).assistant("a")))
                .isEqualTo("[" + ANSWER + "]");
    }

    @Test
    void otherServersGetReasoningAsItCameWithAnIdAtAnyRate() {
        Reasoning full = new Reasoning(Optional.of("x1"), Optional.of(ItemStatus.COMPLETED), List.of("s"), List.of("t"),
                Optional.of("e"));

        assertThat(input(request().item(full).item(Reasoning.of("hm")).assistant("a"), Preset.GENERIC)).isEqualTo("["
                + "{\"type\":\"reasoning\",\"id\":\"x1\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"s\"}],"
                + "\"content\":[{\"type\":\"reasoning_text\",\"text\":\"t\"}],\"encrypted_content\":\"e\"},"
                + "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],"
                + "\"content\":[{\"type\":\"reasoning_text\",\"text\":\"hm\"}]}," + ANSWER + "]");
    }

    /** What it has an empty string for, it did not encrypt. */
    @Test
    void llamaCppGetsReasoningAsOneTextOrNotAtAll() {
        Reasoning parts = new Reasoning(Optional.of("rs_1"), Optional.empty(), List.of("s"), List.of("a", "b"),
                Optional.of(""));

        assertThat(input(request().item(parts).item(HIDDEN.withSummary(List.of("s"))).item(HIDDEN.withEncryptedContent("e")),
                Preset.LLAMA_CPP)).isEqualTo("["
                        + "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],"
                        + "\"content\":[{\"type\":\"reasoning_text\",\"text\":\"a\\n\\nb\"}]},"
                        + "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],"
                        + "\"content\":[{\"type\":\"reasoning_text\",\"text\":\"s\"}]}]");
        assertThat(input(request().item(parts), Preset.GENERIC)).doesNotContain("encrypted_content");
    }
}
