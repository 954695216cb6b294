package io.quarkiverse.llm.guides;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.vertx.core.json.JsonObject;

/** Answers with the help of a tool. */
@ApplicationScoped
public class WeatherAssistant {

    private final LlmProvider llm;

    WeatherAssistant(@LlmClient LlmProvider llm) {
        this.llm = llm;
    }

    // tag::tools[]
    static final Tool WEATHER = Tool.function("get_weather", "Tells the current weather in a city", RawJson.of("""
            {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
            """));

    LlmResponse ask(String question) {
        LlmRequest request = LlmRequest.builder().user(question).tool(WEATHER).build();
        for (int round = 1; round <= 5; round++) {
            LlmResponse response = llm.completeAndAwait(request);
            if (response.toolCalls().isEmpty()) {
                return response; // <1>
            }
            LlmRequest.Builder next = request.toBuilder().append(response); // <2>
            for (ToolCall call : response.toolCalls()) { // <3>
                next.toolOutput(call.callId(), weather(call.arguments()));
            }
            request = next.build();
        }
        throw new IllegalStateException("The model goes on calling tools");
    }
    // end::tools[]

    private static String weather(String arguments) {
        return "21 °C and sunny in " + new JsonObject(arguments).getString("city");
    }
}
