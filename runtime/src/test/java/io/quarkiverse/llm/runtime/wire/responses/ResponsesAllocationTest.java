package io.quarkiverse.llm.runtime.wire.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;

import org.junit.jupiter.api.Test;

import com.sun.management.ThreadMXBean;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.sse.SseReader;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;

/**
 * What an event allocates from its bytes to the application: what one of Chat Completions does. Each bound is less than the
 * smallest object above what it is: one object more for each event is too much. Whoever cannot do without it raises the bound.
 */
class ResponsesAllocationTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final int EVENTS = 1_000;
    private static final int RUNS = 5;
    private static final String ID = "0cc96ac817fdc57e006933374a84348198a4e1ac9bc0c4607b";
    private static final String CREATED = event("response.created",
            "\"response\":{\"id\":\"resp_1\",\"model\":\"m\",\"created_at\":1700000000}");
    private static final String TEXT = "\"item_id\":\"msg_" + ID + "\",\"output_index\":0,\"content_index\":0,\"delta\":\"%s\","
            + "\"logprobs\":[],\"obfuscation\":\"%s\"";
    private static final String ARGUMENTS = "\"item_id\":\"fc_" + ID + "\",\"output_index\":0,\"delta\":\"%s\","
            + "\"obfuscation\":\"%s\"";
    private static final String SUMMARY = "\"item_id\":\"rs_" + ID + "\",\"output_index\":0,\"summary_index\":0,"
            + "\"delta\":\"%s\",\"obfuscation\":\"%s\"";
    private static final String MESSAGE = added("{\"id\":\"msg_" + ID + "\",\"type\":\"message\",\"content\":[]}");

    private static int number;

    private static String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":" + number++ + "," + fields + "}\n\n";
    }

    private static String added(String item) {
        return event("response.output_item.added", "\"output_index\":0,\"item\":" + item);
    }

    private static String text(String delta, String padding) {
        return event("response.output_text.delta", TEXT.formatted(delta, padding));
    }

    /** A String and its bytes, the event, and what the text of the whole message grows by. */
    @Test
    void aTextDelta() {
        assertThat(allocated(MESSAGE, text(" blue", "x8q1"), text(" sky,", "t2"))).isBetween(90.0, 106.0);
    }

    @Test
    void aTextDeltaOfLlamaCpp() {
        String delta = "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"item_id\":\"msg_"
                + ID
                + "\",\"delta\":\"%s\"}\n\n";

        assertThat(allocated(MESSAGE, delta.formatted(" blue"), delta.formatted(" sky,"))).isBetween(90.0, 106.0);
    }

    @Test
    void aDeltaOfReasoning() {
        String item = added("{\"id\":\"rs_" + ID + "\",\"type\":\"reasoning\",\"summary\":[]}");

        assertThat(allocated(item, event("response.reasoning_summary_text.delta", SUMMARY.formatted(" blue", "x8q1")),
                event("response.reasoning_summary_text.delta", SUMMARY.formatted(" sky,", "t2")))).isBetween(90.0, 106.0);
    }

    @Test
    void aDeltaOfAToolCallsArguments() {
        String item = added("{\"id\":\"fc_" + ID + "\",\"type\":\"function_call\",\"call_id\":\"call_a\",\"name\":\"f\"}")
                + event("response.function_call_arguments.delta", ARGUMENTS.formatted("[", "x"));

        assertThat(allocated(item, event("response.function_call_arguments.delta", ARGUMENTS.formatted("\\\"blue\\\"", "x8q1")),
                event("response.function_call_arguments.delta", ARGUMENTS.formatted(",", "t2")))).isBetween(80.0, 129.0);
    }

    /** Bytes for each event of a stream that has begun. The least of some runs: the first also loads classes. */
    private static double allocated(String item, String one, String other) {
        byte[] begin = (CREATED + item).getBytes(UTF_8);
        byte[] both = (one + other).getBytes(UTF_8);
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            ResponseDecoder decoder = new ResponsesCodec(Decoding.settings().build()).decoder(LlmRequest.of("Hi"), event -> {
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
