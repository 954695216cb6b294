package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class ToolStrictnessTest {

    private static final Tool.Function WEATHER = Tool.function("weather", "of a city", RawJson.of("{\"type\":\"object\"}"));

    private static JsonObject tool(Preset preset, Tool tool) {
        LlmRequest request = LlmRequest.builder().model("m").user("Hi").tool(tool).build();
        JsonArray tools = new JsonObject(Bodies.text(request, Bodies.settings(preset))).getJsonArray("tools");
        return tools.getJsonObject(0);
    }

    @Test
    void aFunctionOfWhichNothingIsSaidIsNotStrict() {
        assertThat(tool(Preset.OPENAI, WEATHER).getBoolean("strict")).isFalse();
    }

    @Test
    void oneInANamespaceIsNotEither() {
        JsonObject space = tool(Preset.OPENAI, new Tool.Namespace("home", "at home", List.of(WEATHER)));
        assertThat(space.getJsonArray("tools").getJsonObject(0).getBoolean("strict")).isFalse();
    }

    @Test
    void whatIsSaidStays() {
        assertThat(tool(Preset.OPENAI, WEATHER.withStrict(true)).getBoolean("strict")).isTrue();
    }

    @Test
    void aServerThatDoesNotKnowStrictToolsIsToldNothing() {
        assertThat(tool(Preset.GENERIC, WEATHER).getMap()).doesNotContainKey("strict");
    }
}
