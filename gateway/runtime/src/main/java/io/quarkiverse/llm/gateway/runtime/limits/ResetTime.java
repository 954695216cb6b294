package io.quarkiverse.llm.gateway.runtime.limits;

import java.time.Duration;

/** A time as OpenAI's headers have it: {@code 120ms}, {@code 1s}, {@code 6m0s}, {@code 1h0m30s}. */
final class ResetTime {

    private ResetTime() {
    }

    static String text(Duration time) {
        if (time.toMillis() < 1_000) {
            return time.plusNanos(999_999).toMillis() + "ms";
        }
        Duration whole = Duration.ofSeconds(time.plusNanos(999_999_999).toSeconds());
        String text = whole.toSecondsPart() + "s";
        if (whole.toMinutes() > 0) {
            text = whole.toMinutesPart() + "m" + text;
        }
        return whole.toHours() > 0 ? whole.toHours() + "h" + text : text;
    }
}
