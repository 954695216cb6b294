package io.quarkiverse.llm.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.benchmarks.ResponsesEvents;
import io.quarkiverse.llm.benchmarks.Settings;
import io.quarkiverse.llm.benchmarks.Words;
import io.quarkiverse.llm.runtime.sse.SseHandler;
import io.quarkiverse.llm.runtime.sse.SseReader;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;

/**
 * A whole stream of 200 deltas from its bytes, with what comes before them and the repetitions after them; the figures are
 * those of one delta.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ResponsesDecoding {

    private static final int DELTAS = 200;
    private static final int MAX_EVENT_SIZE = 1 << 20;
    private static final LlmRequest REQUEST = LlmRequest.of("Hi");

    /** What the deltas are. */
    public enum Shape {
        OPENAI_TEXT,
        OPENAI_PADDED_TEXT,
        OPENAI_TOOL_CALL
    }

    @Param
    Shape shape;

    private byte[] stream;
    private ResponsesCodec codec;

    @Setup
    public void prepare() {
        ResponsesEvents events = new ResponsesEvents(shape == Shape.OPENAI_TOOL_CALL);
        StringBuilder whole = new StringBuilder(String.join("", events.begin()));
        for (int i = 0; i < DELTAS; i++) {
            whole.append(events.delta(shape == Shape.OPENAI_TOOL_CALL ? Words.arguments(i, DELTAS) : Words.text(i),
                    shape == Shape.OPENAI_PADDED_TEXT ? ChunkShape.padding(i) : null));
        }
        stream = whole.append(String.join("", events.end())).toString().getBytes(UTF_8);
        codec = new ResponsesCodec(Settings.of("http://localhost:8080"));
    }

    /** Finding the events alone. */
    @Benchmark
    @OperationsPerInvocation(DELTAS)
    public void read(Blackhole hole) {
        SseHandler handler = (name, data, offset, length) -> hole.consume(offset + length);
        new SseReader(MAX_EVENT_SIZE, handler).feed(stream, 0, stream.length);
    }

    /** From the bytes to the events of the API. */
    @Benchmark
    @OperationsPerInvocation(DELTAS)
    public void decode(Blackhole hole) {
        ResponseDecoder decoder = codec.decoder(REQUEST, hole::consume);
        new SseReader(MAX_EVENT_SIZE, decoder::event).feed(stream, 0, stream.length);
        decoder.end();
    }
}
