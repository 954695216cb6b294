package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import com.sun.management.ThreadMXBean;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.config.preset.ReasoningField;
import io.quarkiverse.llm.runtime.wire.EventEncoder;

/** What an event allocates from the application to the bytes of the wire: nothing. */
class ChatEncodingAllocationTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final int EVENTS = 1_000;
    private static final int RUNS = 5;

    @Test
    void aTextDelta() {
        assertThat(allocated(new LlmEvent.TextDelta("msg_1", 0, 0, " blue \"sky\" 😀", Optional.empty()))).isLessThan(1);
    }

    @Test
    void aDeltaOfTheReasoning() {
        assertThat(allocated(new LlmEvent.ReasoningDelta("rs_1", 0, LlmEvent.ReasoningDelta.Kind.TEXT, 0, " hm")))
                .isLessThan(1);
    }

    @Test
    void aDeltaOfARefusal() {
        assertThat(allocated(new LlmEvent.RefusalDelta("msg_1", 0, 0, " no"))).isLessThan(1);
    }

    @Test
    void aDeltaOfAToolCallsArguments() {
        assertThat(allocated(new LlmEvent.ToolCallArgumentsDelta("fc_1", 1, "call_1", "{\"city\":"))).isLessThan(1);
    }

    /** Bytes for each event of a stream that has begun. The least of some runs: the first also loads classes. */
    private static double allocated(LlmEvent delta) {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            EventEncoder encoder = new ChatServerCodec(ReasoningField.REASONING).encoder(Chunks.request(true),
                    (type, json, offset, length) -> {
                    });
            encoder.begin(new LlmEvent.ResponseStarted("resp_1", "m", Instant.ofEpochSecond(1)));
            encoder.accept(new LlmEvent.ToolCallStart("fc_1", 1, ToolCall.Kind.FUNCTION, Optional.empty(), "f", "call_1"));
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
