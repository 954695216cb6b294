package io.quarkiverse.llm.benchmarks.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.quarkiverse.llm.benchmarks.Words;

/**
 * The bytes of a stream of Chat Completions as OpenAI sends it: a role chunk, deltas, a finish chunk, the usage,
 * {@code [DONE]}. Each event is one HTTP chunk of about 330 bytes.
 */
final class Chunks {

    private static final String BEFORE = "{\"id\":\"chatcmpl-CkqO2hDWmpRWzYI7VvIqGvWiVLxJB\",\"object\":\"chat.completion.chunk\","
            + "\"created\":1764964102,\"model\":\"gpt-5-mini-2025-08-07\",\"service_tier\":\"default\","
            + "\"system_fingerprint\":\"fp_eaab8d114b_prod0820_fp8_kvcache\",\"choices\":[{\"index\":0,\"delta\":";
    private static final String AFTER = ",\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}";

    private Chunks() {
    }

    static ByteBuf head() {
        return shared("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-cache\r\n"
                + "x-request-id: req_c3b1\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    /** Before the deltas. */
    static ByteBuf begin(Work work) {
        String call = work.tools() ? chunk("{\"tool_calls\":[{\"index\":0,\"id\":\"call_vvlRjjWWMcj5KMkG1kItgN33\","
                + "\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"arguments\":\"\"}}]}") : "";
        return shared(chunk("{\"role\":\"assistant\",\"content\":" + (work.tools() ? "null" : "\"\"") + ",\"refusal\":null}")
                + call);
    }

    /** All deltas of a stream. */
    static ByteBuf deltas(Work work) {
        StringBuilder deltas = new StringBuilder();
        for (int i = 0; i < work.tokens(); i++) {
            deltas.append(work.tools() ? argumentsDelta(Words.arguments(i, work.tokens())) : delta(Words.text(i)));
        }
        return shared(deltas.toString());
    }

    static String delta(String text) {
        return chunk("{\"content\":\"" + text + "\"}");
    }

    private static String argumentsDelta(String text) {
        return chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"" + text + "\"}}]}");
    }

    /** After the deltas. */
    static ByteBuf end(Work work) {
        String finish = event(BEFORE + "{}" + AFTER.replace("\"finish_reason\":null",
                "\"finish_reason\":\"" + (work.tools() ? "tool_calls" : "stop") + "\""));
        String usage = event(BEFORE.replace("[{\"index\":0,\"delta\":", "[],\"usage\":{\"prompt_tokens\":17,"
                + "\"completion_tokens\":" + work.tokens() + ",\"total_tokens\":" + (17 + work.tokens())
                + ",\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0}}}"));
        return shared(finish + usage + event("[DONE]") + "0\r\n\r\n");
    }

    private static String chunk(String delta) {
        return event(BEFORE + delta + AFTER);
    }

    private static String event(String data) {
        return httpChunk("data: " + data + "\n\n");
    }

    static String httpChunk(String event) {
        return Integer.toHexString(event.getBytes(UTF_8).length) + "\r\n" + event + "\r\n";
    }

    static ByteBuf shared(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes)).asReadOnly();
    }
}
