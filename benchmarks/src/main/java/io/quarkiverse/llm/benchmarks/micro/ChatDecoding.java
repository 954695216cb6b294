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
import io.quarkiverse.llm.benchmarks.Settings;
import io.quarkiverse.llm.runtime.sse.SseHandler;
import io.quarkiverse.llm.runtime.sse.SseReader;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;

/** A whole stream of 200 deltas from its bytes; the figures are those of one delta. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ChatDecoding {

    private static final int DELTAS = 200;
    private static final int MAX_EVENT_SIZE = 1 << 20;
    private static final LlmRequest REQUEST = LlmRequest.of("Hi");

    @Param({ "OPENAI_TEXT", "OPENAI_PADDED_TEXT", "OPENAI_TOOL_CALL", "LLAMA_CPP_TEXT", "LLAMA_CPP_REASONING", "ALTERNATING" })
    ChunkShape shape;

    private byte[] stream;
    private ChatCodec codec;

    @Setup
    public void prepare() {
        StringBuilder events = new StringBuilder(event(shape.begin()));
        for (int i = 0; i < DELTAS; i++) {
            events.append(event(shape.delta(i, DELTAS)));
        }
        stream = events.append(event(shape.finish())).append(event(shape.usage())).append(event("[DONE]")).toString()
                .getBytes(UTF_8);
        codec = new ChatCodec(Settings.of("http://localhost:8080"));
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
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
