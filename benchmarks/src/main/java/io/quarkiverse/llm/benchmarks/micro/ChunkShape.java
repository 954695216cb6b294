package io.quarkiverse.llm.benchmarks.micro;

import io.quarkiverse.llm.benchmarks.Words;

/** What the chunks of a stream look like. */
public enum ChunkShape {

    /** About 330 bytes. */
    OPENAI_TEXT(Form.OPENAI, "{\"content\":\"%s\"}", ""),
    /** With the random padding that OpenAI sends unless it is told not to. */
    OPENAI_PADDED_TEXT(Form.OPENAI, "{\"content\":\"%s\"}", ",\"obfuscation\":\"%s\""),
    OPENAI_TOOL_CALL(Form.OPENAI, "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"%s\"}}]}", ""),
    /** About 230 bytes. */
    LLAMA_CPP_TEXT(Form.LLAMA_CPP, "{\"content\":\"%s\"}", ""),
    LLAMA_CPP_REASONING(Form.LLAMA_CPP, "{\"reasoning_content\":\"%s\"}", ""),
    /** The worst case: no chunk is like the one before. */
    ALTERNATING(Form.OPENAI, "{\"content\":\"%s\"}", ",\"n\":%d");

    private static final class Form {
        static final String OPENAI = "{\"id\":\"chatcmpl-CkqO2hDWmpRWzYI7VvIqGvWiVLxJB\",\"object\":\"chat.completion.chunk\","
                + "\"created\":1764964102,\"model\":\"gpt-5-mini-2025-08-07\",\"service_tier\":\"default\","
                + "\"system_fingerprint\":\"fp_eaab8d114b_prod0820_fp8_kvcache\",\"choices\":[{\"index\":0,\"delta\":@,"
                + "\"logprobs\":null,\"finish_reason\":null}],\"usage\":null#}";
        static final String LLAMA_CPP = "{\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":@}],\"created\":1795249040,"
                + "\"id\":\"chatcmpl-vvlRjjWWMcj5KMkG1kItgN33YOfsmGCi\",\"model\":\"stories260K\","
                + "\"system_fingerprint\":\"b10587-3f545becc\",\"object\":\"chat.completion.chunk\"#}";
    }

    private static final String[] PADDINGS = { "x8KqP", "b7", "Qm1sT9wL", "z" };

    private final String form;
    private final String delta;
    private final String more;

    ChunkShape(String form, String delta, String more) {
        this.form = form;
        this.delta = delta;
        this.more = more;
    }

    /** A delta of so many. */
    String delta(int index, int count) {
        String text = this == OPENAI_TOOL_CALL ? Words.arguments(index, count) : Words.text(index);
        return form.replace("@", delta.formatted(text)).replace("#",
                this == ALTERNATING ? more.formatted(index) : more.formatted(padding(index)));
    }

    static String padding(int index) {
        return PADDINGS[index % PADDINGS.length];
    }

    /** The role, and the name of the call. */
    String begin() {
        return form.replace("#", "").replace("@", this != OPENAI_TOOL_CALL ? "{\"role\":\"assistant\",\"content\":\"\"}"
                : "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"get_weather\",\"arguments\":\"\"}}]}");
    }

    String finish() {
        String reason = this == OPENAI_TOOL_CALL ? "tool_calls" : "stop";
        return form.replace("@", "{}").replace("#", "").replace("\"finish_reason\":null",
                "\"finish_reason\":\"" + reason + "\"");
    }

    String usage() {
        return Form.OPENAI.replace("\"usage\":null#", "\"usage\":{\"prompt_tokens\":17,\"completion_tokens\":200,"
                + "\"total_tokens\":217,\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0}}")
                .replaceFirst("\\{\"index\".*}],", "],");
    }
}
