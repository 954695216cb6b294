package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.Usage;
import io.quarkiverse.llm.runtime.config.preset.ReasoningField;
import io.vertx.core.json.JsonObject;

/** A whole answer. */
class CompletionTest {

    private static LlmResponse.Builder response(Item... output) {
        return LlmResponse.builder().id("chatcmpl-7").model("m").createdAt(Instant.ofEpochSecond(9)).items(List.of(output));
    }

    private static String written(LlmResponse.Builder response, ReasoningField reasoning) {
        return new String(new ChatServerCodec(reasoning).encode(Chunks.request(false), response.build()));
    }

    private static JsonObject message(Item... output) {
        return new JsonObject(written(response(output), ReasoningField.REASONING)).getJsonArray("choices").getJsonObject(0)
                .getJsonObject("message");
    }

    @Test
    void aText() {
        assertThat(written(response(Message.assistant("Hi")).usage(Usage.of(1, 2)).serviceTier("default"),
                ReasoningField.NONE))
                .isEqualTo("{\"id\":\"chatcmpl-7\",\"object\":\"chat.completion\",\"created\":9,\"model\":\"m\","
                        + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\",\"refusal\":null},"
                        + "\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,"
                        + "\"completion_tokens\":2,\"total_tokens\":3,\"prompt_tokens_details\":{\"cached_tokens\":0,"
                        + "\"cache_write_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":0}},"
                        + "\"service_tier\":\"default\"}");
    }

    @Test
    void callsNeedNoContent() {
        assertThat(message(ToolCall.function("c", "f", "{}"), ToolCall.custom("d", "g", "x")).encode())
                .isEqualTo("{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":[{\"id\":\"c\","
                        + "\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"id\":\"d\","
                        + "\"type\":\"custom\",\"custom\":{\"name\":\"g\",\"input\":\"x\"}}]}");
    }

    @Test
    void aRefusalNeedsNoContent() {
        JsonObject message = message(Message.of(Role.ASSISTANT, List.of(new Content.Refusal("No"))));

        assertThat(message.getString("refusal")).isEqualTo("No");
        assertThat(message.getValue("content")).isNull();
    }

    @Test
    void anEmptyAnswerHasAnEmptyText() {
        assertThat(message().getString("content")).isEmpty();
    }

    @Test
    void reasoningHasItsFieldWhereItIsShown() {
        Reasoning reasoning = new Reasoning(Optional.empty(), Optional.empty(), List.of("a", "b"), List.of(),
                Optional.empty());

        assertThat(message(reasoning).getString("reasoning")).isEqualTo("a\n\nb");
        assertThat(written(response(reasoning), ReasoningField.NONE)).doesNotContain("reasoning\":");
    }

    @Test
    void anIdOfTheOtherWireApiIsReplaced() {
        JsonObject answer = new JsonObject(written(response().id("resp_1").finishReason(FinishReason.OTHER),
                ReasoningField.NONE));

        assertThat(answer.getString("id")).startsWith("chatcmpl-").hasSizeGreaterThan(20);
    }
}
