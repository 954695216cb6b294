package io.quarkiverse.llm.runtime.json;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Usage;

/** Reads and writes the tokens a response has cost. */
public final class UsageJson {

    private UsageJson() {
    }

    public static void write(JsonGenerator out, Usage usage) throws IOException {
        out.writeStartObject();
        out.writeNumberField("input_tokens", usage.inputTokens());
        out.writeObjectFieldStart("input_tokens_details");
        out.writeNumberField("cached_tokens", usage.cachedInputTokens());
        out.writeNumberField("cache_write_tokens", usage.cacheWriteTokens());
        out.writeEndObject();
        out.writeNumberField("output_tokens", usage.outputTokens());
        out.writeObjectFieldStart("output_tokens_details");
        out.writeNumberField("reasoning_tokens", usage.reasoningTokens());
        out.writeEndObject();
        out.writeNumberField("total_tokens", usage.totalTokens());
        out.writeEndObject();
    }

    /** What is not said is 0, the total the sum of the others. */
    public static Usage read(JsonFields usage) {
        Optional<JsonFields> input = usage.object("input_tokens_details");
        Optional<JsonFields> output = usage.object("output_tokens_details");
        long inputTokens = usage.longInteger("input_tokens").orElse(0L);
        long outputTokens = usage.longInteger("output_tokens").orElse(0L);
        return new Usage(inputTokens, count(input, "cached_tokens"), count(input, "cache_write_tokens"), outputTokens,
                count(output, "reasoning_tokens"), usage.longInteger("total_tokens").orElse(inputTokens + outputTokens));
    }

    private static long count(Optional<JsonFields> details, String field) {
        return details.flatMap(fields -> fields.longInteger(field)).orElse(0L);
    }
}
