package io.quarkiverse.llm;

/**
 * Tokens a response has cost. What the server did not tell is 0.
 *
 * @param inputTokens of the whole request, cached ones included
 * @param cachedInputTokens of those, the ones read from the server's prompt cache
 * @param cacheWriteTokens of those, the ones written to it
 * @param outputTokens of the whole answer, reasoning included
 * @param reasoningTokens of those, the ones of the reasoning
 * @param totalTokens input and output
 */
public record Usage(long inputTokens, long cachedInputTokens, long cacheWriteTokens, long outputTokens, long reasoningTokens,
        long totalTokens) {

    /** Input and output, and their sum. */
    public static Usage of(long inputTokens, long outputTokens) {
        return new Usage(inputTokens, 0, 0, outputTokens, 0, inputTokens + outputTokens);
    }

    /** The costs of both, for turns that belong together. */
    public Usage plus(Usage other) {
        return new Usage(inputTokens + other.inputTokens, cachedInputTokens + other.cachedInputTokens,
                cacheWriteTokens + other.cacheWriteTokens, outputTokens + other.outputTokens,
                reasoningTokens + other.reasoningTokens, totalTokens + other.totalTokens);
    }
}
