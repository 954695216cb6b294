package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import com.sun.management.ThreadMXBean;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.wire.EventEncoder;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.quarkiverse.llm.runtime.wire.WireEventSink;

/**
 * What an event allocates from the application to the bytes of the wire: no object of its own. What is left is what the text
 * of the whole part grows by.
 */
class EncodingAllocationTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final int EVENTS = 1_000;
    private static final int RUNS = 5;

    @Test
    void aTextDelta() {
        Item message = Message.of(Role.ASSISTANT, List.of()).withId("msg_1");

        assertThat(allocated(message, new LlmEvent.TextDelta("msg_1", 0, 0, " blue \"sky\" 😀", Optional.empty())))
                .isLessThan(90);
        assertThat(allocated(message, new LlmEvent.TextDelta("msg_1", 0, 0, " blue", Optional.empty()))).isLessThan(30);
    }

    @Test
    void aDeltaOfAToolCallsArguments() {
        Item call = ToolCall.builder("call_1", "weather").id("fc_1").build();

        assertThat(allocated(call, new LlmEvent.ToolCallArgumentsDelta("fc_1", 0, "call_1", "{\"city\":"))).isLessThan(1);
    }

    @Test
    void whatAServerHasInFrontOfTheEncoder() {
        ReceivedRequest request = ResponsesRequestDecoderTest.decode("{\"input\":\"Hi\"}");
        for (ReasoningDialect dialect : ReasoningDialect.values()) {
            ResponsesServerCodec codec = new ResponsesServerCodec(dialect);
            Item message = Message.of(Role.ASSISTANT, List.of()).withId("msg_1");
            LlmEvent delta = new LlmEvent.TextDelta("msg_1", 0, 0, " blue", Optional.empty());

            assertThat(allocated(sink -> codec.encoder(request, sink), message, delta)).isLessThan(30);
        }
    }

    private static double allocated(Item item, LlmEvent delta) {
        return allocated(sink -> new ResponsesEventEncoder(Encoding.REQUEST, sink), item, delta);
    }

    /** Bytes for each event of a stream that has begun. The least of some runs: the first also loads classes. */
    private static double allocated(Function<WireEventSink, EventEncoder> encoders, Item item, LlmEvent delta) {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            EventEncoder encoder = encoders.apply((type, json, offset, length) -> {
            });
            encoder.accept(new LlmEvent.ResponseStarted("resp_1", "m", Instant.ofEpochSecond(1)));
            encoder.accept(new LlmEvent.ItemStarted(item.id().orElseThrow(), 0, item));
            encoder.accept(delta);
            encoder.accept(delta);
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < EVENTS; i++) {
                encoder.accept(delta);
            }
            least = Math.min(least, THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        return least / (double) EVENTS;
    }
}
