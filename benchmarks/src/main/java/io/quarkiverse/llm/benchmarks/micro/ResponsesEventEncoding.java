package io.quarkiverse.llm.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
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

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.benchmarks.Settings;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;
import io.quarkiverse.llm.runtime.wire.WireEventSink;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesEventEncoder;

/** Writing what a Chat stream of 200 deltas brought as events of the Responses API; the figures are those of one delta. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ResponsesEventEncoding {

    private static final int DELTAS = 200;
    private static final LlmRequest REQUEST = LlmRequest.of("Hi");

    @Param({ "OPENAI_TEXT", "OPENAI_TOOL_CALL" })
    ChunkShape shape;

    private final List<LlmEvent> events = new ArrayList<>();

    @Setup
    public void prepare() {
        ResponseDecoder decoder = new ChatCodec(Settings.of("http://localhost:8080")).decoder(REQUEST, events::add);
        decode(decoder, shape.begin());
        for (int i = 0; i < DELTAS; i++) {
            decode(decoder, shape.delta(i, DELTAS));
        }
        decode(decoder, shape.finish());
        decode(decoder, shape.usage());
        decode(decoder, "[DONE]");
        decoder.end();
    }

    private static void decode(ResponseDecoder decoder, String data) {
        byte[] bytes = data.getBytes(UTF_8);
        decoder.event("", bytes, 0, bytes.length);
    }

    @Benchmark
    @OperationsPerInvocation(DELTAS)
    public void encode(Blackhole hole) {
        WireEventSink sink = (name, data, offset, length) -> hole.consume(offset + length);
        ResponsesEventEncoder encoder = new ResponsesEventEncoder(REQUEST, sink);
        for (LlmEvent event : events) {
            encoder.accept(event);
        }
    }
}
