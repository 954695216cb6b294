package io.quarkiverse.llm.runtime.wire.responses;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The first turn of a conversation with OpenAI and what can be its answer; a test goes on from there. */
final class FirstTurn {

    static final Item CALL = ToolCall.builder("call_1", "f").id("fc_1").status(ItemStatus.COMPLETED).arguments("{}")
            .build();
    static final Item ANSWER = Message.assistant("4").withId("msg_1").withStatus(ItemStatus.COMPLETED);
    static final Item HIDDEN = new Reasoning(Optional.of("rs_1"), Optional.empty(), List.of(), List.of(),
            Optional.empty());

    private FirstTurn() {
    }

    static ResponsesCodec codec(TestSettings settings) {
        return new ResponsesCodec(settings.build());
    }

    static LlmRequest.Builder first() {
        return LlmRequest.builder().model("m").instructions("Be short").tool(Tool.function("f", "F")).store(false)
                .user("What is 2 + 2?");
    }

    static LlmResponse.Builder response(Item... output) {
        return LlmResponse.builder().id("resp_1").model("m").createdAt(Instant.EPOCH).items(List.of(output));
    }

    static JsonObject json(byte[] frame) {
        return new JsonObject(new String(frame, StandardCharsets.UTF_8));
    }

    static JsonArray input(byte[] frame) {
        return json(frame).getJsonArray("input");
    }

    static ConversationState state(ResponsesCodec codec, LlmRequest request, LlmResponse response) {
        return codec.turn(request).answered(response).orElseThrow();
    }
}
