package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Small models write arguments that are no JSON, and agents can tell them so. */
class MalformedArgumentsTest extends GatewayFixture {

    private static final String PATCH = "*** Begin Patch\n*** End Patch";

    @Test
    void ofAFunctionComeAsTheyAre() {
        llm.enqueue(Answer.toolCall("call_1", "weather", "{'city': ", "'Oslo'}").finishReason("tool_calls"));
        CheckedStream stream = gateway().responses(
                Requests.response("Hi").put("tools", new JsonArray().add(Requests.function("weather")))).stream();
        assertThat(stream.last().getString("type")).isEqualTo("response.completed");
        assertThat(stream.items("function_call")).singleElement()
                .satisfies(call -> assertThat(call.getString("arguments")).isEqualTo("{'city': 'Oslo'}"));
    }

    @Test
    void ofACustomToolAreItsInput() {
        llm.enqueue(Answer.toolCall("call_1", "apply_patch", PATCH).finishReason("tool_calls"));
        CheckedStream stream = gateway().responses(Requests.response("Hi").put("tools", new JsonArray()
                .add(new JsonObject().put("type", "custom").put("name", "apply_patch")))).stream();
        assertThat(stream.last().getString("type")).isEqualTo("response.completed");
        assertThat(stream.items("custom_tool_call")).singleElement()
                .satisfies(call -> assertThat(call.getString("input")).isEqualTo(PATCH));
    }

    @Test
    void ofAFunctionComeAsTheyAreOverChatCompletions() {
        llm.enqueue(Answer.toolCall("call_1", "weather", "{'city': 'Oslo'}").finishReason("tool_calls"));
        CheckedStream stream = gateway().chat(Requests.chat("Hi").put("tools", new JsonArray()
                .add(new JsonObject().put("type", "function").put("function", Requests.function("weather"))))).stream();
        assertThat(stream.last().getJsonArray("choices").getJsonObject(0).getString("finish_reason")).isEqualTo("tool_calls");
    }
}
