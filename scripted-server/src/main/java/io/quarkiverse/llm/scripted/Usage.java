package io.quarkiverse.llm.scripted;

import io.vertx.core.json.JsonObject;

/**
 * Token counts that an answer reports.
 *
 * @param promptTokens tokens of the request, cached ones included
 * @param completionTokens tokens of the answer, reasoning ones included
 * @param cachedTokens the part of the request that came from a cache
 * @param reasoningTokens the part of the answer that was reasoning
 */
public record Usage(int promptTokens, int completionTokens, int cachedTokens, int reasoningTokens) {

    /** Counts without cache and reasoning. */
    public static Usage of(int promptTokens, int completionTokens) {
        return new Usage(promptTokens, completionTokens, 0, 0);
    }

    JsonObject toResponsesJson() {
        return new JsonObject()
                .put("input_tokens", promptTokens)
                .put("input_tokens_details", new JsonObject().put("cached_tokens", cachedTokens).put("cache_write_tokens", 0))
                .put("output_tokens", completionTokens)
                .put("output_tokens_details", new JsonObject().put("reasoning_tokens", reasoningTokens))
                .put("total_tokens", promptTokens + completionTokens);
    }

    JsonObject toChatJson() {
        return new JsonObject()
                .put("prompt_tokens", promptTokens)
                .put("completion_tokens", completionTokens)
                .put("total_tokens", promptTokens + completionTokens)
                .put("prompt_tokens_details", new JsonObject().put("cached_tokens", cachedTokens))
                .put("completion_tokens_details", new JsonObject().put("reasoning_tokens", reasoningTokens));
    }
}
