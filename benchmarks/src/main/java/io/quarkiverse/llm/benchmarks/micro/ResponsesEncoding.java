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
import io.quarkiverse.llm.benchmarks.Settings;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;

/** The body of a request. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ResponsesEncoding {

    private final ResponsesCodec codec = new ResponsesCodec(Settings.of("http://localhost:8080"));
    private final LlmRequest question = Requests.question();
    private final LlmRequest conversation = Requests.conversation();

    @Benchmark
    public byte[] aQuestion() {
        return codec.encode(question, true);
    }

    @Benchmark
    public byte[] aConversation() {
        return codec.encode(conversation, true);
    }
}
