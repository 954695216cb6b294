package io.quarkiverse.llm.benchmarks.micro;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.benchmarks.Settings;
import io.quarkiverse.llm.runtime.wire.responses.ConversationState;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.runtime.wire.responses.Turn;

/** The last turn of a conversation over WebSocket, in which each turn brings an output of 4 KiB and is answered by a call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TurnEncoding {

    private static final String OUTPUT = "0123456789abcde\n".repeat(256);

    private final ResponsesCodec codec = new ResponsesCodec(Settings.of("http://localhost:8080"));

    @Param({ "30", "120" })
    int turns;

    private LlmRequest request;
    private LlmResponse response;
    private ConversationState state;

    @Setup
    public void converse() {
        request = Requests.question().toBuilder().tools(Requests.conversation().tools()).store(false).build();
        for (int i = 1; i < turns; i++) {
            response = response(i);
            state = codec.turn(request).answered(response).orElseThrow();
            request = request.toBuilder().append(response).toolOutput("call_" + i, OUTPUT).build();
        }
        response = response(turns);
    }

    private static LlmResponse response(int turn) {
        return LlmResponse.builder().id("resp_" + turn).model("gpt-5-mini").createdAt(Instant.EPOCH)
                .item(ToolCall.function("call_" + turn, "get_weather", "{\"city\":\"Berlin\"}")).build();
    }

    @Benchmark
    public byte[] whole() {
        return codec.turn(request).whole();
    }

    @Benchmark
    public byte[] continued() {
        return continuation().continuing(state);
    }

    /** The same, and what is kept of it for the next turn. */
    @Benchmark
    public Optional<ConversationState> continuedAndAnswered() {
        Turn turn = continuation();
        turn.continuing(state);
        return turn.answered(response);
    }

    private Turn continuation() {
        Turn turn = codec.turn(request);
        if (state.known(turn) == 0) {
            throw new IllegalStateException("The conversation is not known");
        }
        return turn;
    }
}
