package io.quarkiverse.llm.runtime.transport;

import java.time.Duration;

import io.quarkiverse.llm.LlmTimeoutException;

/**
 * What an exchange is waiting for, and how long.
 *
 * @param failure what it means when nothing comes; {@code null} for the transport's own spans of grace
 */
public record TimeLimit(LlmTimeoutException.Limit failure, Duration span) {

    /** Long enough to be no limit, short enough to be counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * How long a silence counts as the end of an answer that is whole but for its end. Time enough for a slow server to count
     * the tokens, which come last.
     */
    static final TimeLimit QUIET_END = new TimeLimit(null, Duration.ofSeconds(5));

    /** How long the rest of an answer may take that nobody reads. */
    static final TimeLimit REST = new TimeLimit(null, Duration.ofSeconds(1));

    /** A span of zero limits nothing. */
    boolean isNone() {
        return span.isZero();
    }

    long nanos() {
        return span.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : span.toNanos();
    }
}
