package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;

import io.quarkiverse.llm.Usage;

/** The {@code usage} object of a response. */
final class ReceivedUsage {

    private static final long NONE = Long.MIN_VALUE;

    private long input = NONE;
    private long output = NONE;
    private long total = NONE;
    private long cached;
    private long cacheWrite;
    private long reasoning;

    private ReceivedUsage() {
    }

    /** {@code null} for an empty object (zed #42893), and where a count is none: that is no reason to fail. */
    static Usage read(Received json) throws IOException {
        if (!json.isObject()) {
            json.skip();
            return null;
        }
        ReceivedUsage usage = new ReceivedUsage();
        boolean readable = usage.readObject(json);
        return readable && (usage.input != NONE || usage.output != NONE || usage.total != NONE) ? usage.usage() : null;
    }

    private Usage usage() {
        long in = input == NONE ? 0 : input;
        long out = output == NONE ? 0 : output;
        return new Usage(in, cached, cacheWrite, out, reasoning, total == NONE ? in + out : total);
    }

    private boolean readObject(Received json) throws IOException {
        boolean readable = true;
        while (json.nextField()) {
            String field = json.name();
            readable &= switch (field) {
                case "input_tokens", "output_tokens", "total_tokens", "cached_tokens", "cache_write_tokens",
                        "reasoning_tokens" ->
                    readCount(field, json);
                case "input_tokens_details", "output_tokens_details" -> json.isObject() ? readObject(json) : isNothing(json);
                default -> {
                    json.skip();
                    yield true;
                }
            };
        }
        return readable;
    }

    private static boolean isNothing(Received json) throws IOException {
        json.skip();
        return json.isNull();
    }

    private boolean readCount(String field, Received json) throws IOException {
        if (!json.isNumber()) {
            return isNothing(json);
        }
        double number = json.number();
        long count = (long) number;
        if (number != count) {
            return false;
        }
        switch (field) {
            case "input_tokens" -> input = count;
            case "output_tokens" -> output = count;
            case "total_tokens" -> total = count;
            case "cached_tokens" -> cached = count;
            case "cache_write_tokens" -> cacheWrite = count;
            default -> reasoning = count;
        }
        return true;
    }
}
