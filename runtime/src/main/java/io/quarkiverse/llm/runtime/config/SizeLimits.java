package io.quarkiverse.llm.runtime.config;

/**
 * How much memory one exchange may take.
 *
 * @param maxEventSize bytes of one event of a stream
 * @param maxResponseSize bytes of a whole answer, streamed or not
 */
public record SizeLimits(int maxEventSize, int maxResponseSize) {
}
