package io.quarkiverse.llm.runtime.wire.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;

import org.junit.jupiter.api.Test;

import com.sun.management.ThreadMXBean;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.sse.SseReader;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;

/**
 * What an event allocates from its bytes to the application. Each bound is less than the smallest object above what it is:
 * one object more for each event is too much. Whoever cannot do without it raises the bound.
 */
class DecodingAllocationTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final int EVENTS = 1_000;
    private static final int RUNS = 5;
    private static final String CHUNK = "data: {\"id\":\"chatcmpl-CkqO2hDWmpRWzYI7VvIqGvWiVLxJB\","
            + "\"object\":\"chat.completion.chunk\",\"created\":1764964102,\"model\":\"gpt-5-mini-2025-08-07\","
            + "\"service_tier\":\"default\",\"system_fingerprint\":null,\"choices\":[{\"index\":0,\"delta\":{%s},"
            + "\"logprobs\":null,\"finish_reason\":null}],\"usage\":null%s}\n\n";

    private static String chunk(String delta) {
        return CHUNK.formatted(delta, "");
    }

    /** A String and its bytes, the event, and what the text of the whole message grows by. */
    @Test
    void aTextDelta() {
        assertThat(allocated(chunk("\"content\":\" blue\""), chunk("\"content\":\" sky,\""))).isBetween(90.0, 106.0);
    }

    @Test
    void aTextDeltaWithOpenAisPadding() {
        assertThat(allocated(CHUNK.formatted("\"content\":\" blue\"", ",\"obfuscation\":\"x8q1\""),
                CHUNK.formatted("\"content\":\" sky,\"", ",\"obfuscation\":\"t2\""))).isBetween(90.0, 106.0);
    }

    @Test
    void aTextDeltaWithAnEscape() {
        assertThat(allocated(chunk("\"content\":\" blue\\n\""), chunk("\"content\":\" sky,\\n\""))).isBetween(90.0, 106.0);
    }

    @Test
    void aReasoningDelta() {
        assertThat(allocated(chunk("\"reasoning_content\":\" blue\""), chunk("\"reasoning_content\":\" sky,\"")))
                .isBetween(90.0, 106.0);
    }

    @Test
    void aDeltaOfAToolCallsArguments() {
        String start = chunk("\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"[\"}}]");
        String form = chunk("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"%s\"}}]");

        assertThat(allocated(start, form.formatted("\\\"blue\\\""), form.formatted(","))).isBetween(110.0, 129.0);
    }

    /** What the parser costs where no chunk is like the one before. */
    @Test
    void aChunkThatIsUnlikeTheOneBefore() {
        assertThat(allocated(chunk("\"content\":\" blue\""), CHUNK.formatted("\"content\":\" sky,\"", ",\"n\":1")))
                .isBetween(1_000.0, 1_130.0);
    }

    private static double allocated(String one, String other) {
        return allocated(one, one, other);
    }

    /** Bytes for each event of a stream that has begun. The least of some runs: the first also loads classes. */
    private static double allocated(String first, String one, String other) {
        byte[] begin = first.getBytes(UTF_8);
        byte[] both = (one + other).getBytes(UTF_8);
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            ResponseDecoder decoder = new ChatCodec(TestSettings.of("http://localhost").build()).decoder(LlmRequest.of("Hi"),
                    event -> {
                    });
            SseReader reader = new SseReader(1 << 20, decoder::event);
            reader.feed(begin, 0, begin.length);
            reader.feed(both, 0, both.length);
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < EVENTS / 2; i++) {
                reader.feed(both, 0, both.length);
            }
            least = Math.min(least, THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        return least / (double) EVENTS;
    }
}
