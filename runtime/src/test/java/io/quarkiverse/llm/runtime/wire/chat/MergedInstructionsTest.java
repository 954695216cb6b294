package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** One message of instructions, and that the first: what templates such as Qwen's insist on. */
class MergedInstructionsTest {

    private static String messages(LlmRequest.Builder request) {
        return messages(request, true);
    }

    private static String messages(LlmRequest.Builder request, boolean merge) {
        TestSettings settings = TestSettings.of("http://localhost").preset(Preset.GENERIC)
                .quirk(Quirk.MERGE_INSTRUCTIONS, merge);
        byte[] body = new ChatCodec(settings.build()).encode(request.build(), true);
        return new JsonObject(new String(body, StandardCharsets.UTF_8)).getJsonArray("messages").encode();
    }

    private static LlmRequest.Builder scattered() {
        return LlmRequest.builder().item(Message.system("First.")).user("Hi").assistant("Hello.")
                .item(Message.developer("Third.")).user("Go on").instructions("Zeroth.").item(Message.system("Fourth."));
    }

    @Test
    void instructionsFromEverywhereAreOneMessageInTheirOrder() {
        assertThat(messages(scattered())).isEqualTo("["
                + "{\"role\":\"system\",\"content\":\"Zeroth.\\n\\nFirst.\\n\\nThird.\\n\\nFourth.\"},"
                + "{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"Hello.\"},"
                + "{\"role\":\"user\",\"content\":\"Go on\"}]");
    }

    @Test
    void unmergedTheyStayWhereTheyAre() {
        assertThat(messages(scattered(), false)).isEqualTo("["
                + "{\"role\":\"system\",\"content\":\"Zeroth.\"},{\"role\":\"system\",\"content\":\"First.\"},"
                + "{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"Hello.\"},"
                + "{\"role\":\"system\",\"content\":\"Third.\"},{\"role\":\"user\",\"content\":\"Go on\"},"
                + "{\"role\":\"system\",\"content\":\"Fourth.\"}]");
    }

    @Test
    void withoutInstructionsThereIsNoMessageForThem() {
        assertThat(messages(LlmRequest.builder().user("Hi"))).isEqualTo("[{\"role\":\"user\",\"content\":\"Hi\"}]");
    }

    @Test
    void contentThatIsNotTextStaysWhole() {
        assertThat(messages(LlmRequest.builder().instructions("Look.").user("Hi")
                .item(Message.of(Role.DEVELOPER, List.of(Content.text("At this:"), Content.image("http://x/i.png"),
                        Content.text("Closely."))))
                .item(Message.developer("Now.")))).isEqualTo("["
                        + "{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"Look.\\n\\nAt this:\"},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"http://x/i.png\"}},"
                        + "{\"type\":\"text\",\"text\":\"Closely.\\n\\nNow.\"}]},"
                        + "{\"role\":\"user\",\"content\":\"Hi\"}]");
    }

    @Test
    void whatAnAssistantDidAroundThemIsOneTurn() {
        JsonArray messages = new JsonArray(messages(LlmRequest.builder().user("Rain?").assistant("I look.")
                .item(Message.developer("Use the tool.")).item(ToolCall.function("c", "weather", "{}"))
                .toolOutput("c", "wet")));

        assertThat(messages.stream().map(message -> ((JsonObject) message).getString("role")))
                .containsExactly("system", "user", "assistant", "tool");
        assertThat(messages.getJsonObject(2).getString("content")).isEqualTo("I look.");
        assertThat(messages.getJsonObject(2).getJsonArray("tool_calls")).hasSize(1);
    }

    @Test
    void aHistoryThatGrowsKeepsItsBeginning() {
        String before = messages(scattered());
        String after = messages(scattered().assistant("More.").user("Thanks"));

        assertThat(after).startsWith(before.substring(0, before.length() - 1)).isEqualTo(messages(scattered()
                .assistant("More.").user("Thanks")));
    }
}
