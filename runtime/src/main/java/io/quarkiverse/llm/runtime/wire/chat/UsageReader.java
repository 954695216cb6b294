package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.llm.Usage;

/** Reads the {@code usage} object of Chat Completions. */
final class UsageReader {

    private long input;
    private long cached;
    private long cacheWrite;
    private long output;
    private long reasoning;
    private long total = -1;
    private boolean said;

    private UsageReader() {
    }

    /** Nothing for an empty object (zed #42893). */
    static Optional<Usage> read(JsonParser parser) throws IOException {
        UsageReader reader = new UsageReader();
        reader.readObject(parser);
        return reader.said ? Optional.of(reader.usage()) : Optional.empty();
    }

    private Usage usage() {
        return new Usage(input, cached, cacheWrite, output, reasoning, total < 0 ? input + output : total);
    }

    private void readObject(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT && name.endsWith("_details")) {
                readObject(parser);
            } else if (value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_NUMBER_FLOAT) {
                // A count too large for a long is nobody's count, and no reason to fail.
                readNumber(name, (long) Double.parseDouble(parser.getText()));
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readNumber(String name, long value) {
        switch (name) {
            case "prompt_tokens" -> input = value;
            // DeepSeek has no details, but says this.
            case "cached_tokens", "prompt_cache_hit_tokens" -> cached = value;
            case "cache_write_tokens" -> cacheWrite = value;
            case "completion_tokens" -> output = value;
            case "reasoning_tokens" -> reasoning = value;
            case "total_tokens" -> total = value;
            default -> {
                return;
            }
        }
        said = true;
    }
}
