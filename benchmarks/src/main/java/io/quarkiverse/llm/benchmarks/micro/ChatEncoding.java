package io.quarkiverse.llm.benchmarks.micro;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.benchmarks.Settings;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;

/** The body of a request. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ChatEncoding {

    private static final int TURNS = 50;
    private static final String SENTENCE = "The sky is blue because molecules scatter short waves more than long ones. ";

    private final ChatCodec codec = new ChatCodec(Settings.of("http://localhost:8080"));
    private final LlmRequest question = LlmRequest.builder().model("gpt-5-mini").user("Why is the sky blue?").build();
    private final LlmRequest conversation = conversation();

    private static LlmRequest conversation() {
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

    @Benchmark
    public byte[] aQuestion() {
        return codec.encode(question, true);
    }

    /** 50 turns, each with a tool call and its output. */
    @Benchmark
    public byte[] aConversation() {
        return codec.encode(conversation, true);
    }
}
