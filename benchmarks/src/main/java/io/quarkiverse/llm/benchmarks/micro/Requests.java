package io.quarkiverse.llm.benchmarks.micro;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;

/** What is asked for. */
final class Requests {

    private static final int TURNS = 50;
    private static final String SENTENCE = "The sky is blue because molecules scatter short waves more than long ones. ";

    private Requests() {
    }

    static LlmRequest question() {
        return LlmRequest.builder().model("gpt-5-mini").user("Why is the sky blue?").build();
    }

    /** 50 turns, each with a tool call and its output. */
    static LlmRequest conversation() {
        LlmRequest.Builder request = LlmRequest.builder().model("gpt-5-mini").instructions(SENTENCE.repeat(5))
                .tool(Tool.function("get_weather", "The weather of a city"))
                .tool(Tool.function("get_time", "The time in a city"));
        for (int i = 0; i < TURNS; i++) {
            request.user("Question " + i + ": what is the weather in Berlin?");
            request.item(ToolCall.function("call_" + i, "get_weather", "{\"city\":\"Berlin\",\"days\":[1,2,3]}"));
            request.item(ToolOutput.of("call_" + i, "{\"temperature\":" + i + ",\"text\":\"sunny\"}"));
            request.assistant(SENTENCE.repeat(4));
        }
        return request.user("And tomorrow?").build();
    }
}
