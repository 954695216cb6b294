package io.quarkiverse.llm.gateway.runtime.limits;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A caller has asked for more than it may: status 429. The message is a sentence for the client. */
public final class LimitReachedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final Duration retryAfter;
    private final transient Map<String, String> headers;

    /**
     * @param type OpenAI's word for what there was too much of: {@code requests} or {@code tokens}
     * @param retryAfter Codex reads it in the message, other clients in headers
     * @param headers what remains
     */
    LimitReachedException(String type, String what, Duration retryAfter, Map<String, String> headers) {
        // nothing is wrong here: where it was thrown tells nobody anything
        super(what + " Please try again in " + seconds(retryAfter) + "s.", null, false, false);
        this.type = type;
        this.retryAfter = retryAfter;
        this.headers = Map.copyOf(headers);
    }

    /** Rounded up: who comes a moment too early is refused once more. */
    private static String seconds(Duration time) {
        long millis = millis(time);
        return millis % 1000 == 0 ? String.valueOf(millis / 1000) : String.format(Locale.ROOT, "%.3f", millis / 1000d);
    }

    private static long millis(Duration time) {
        return time.plusNanos(999_999).toMillis();
    }

    public String type() {
        return type;
    }

    /** OpenAI's word for it. */
    public String code() {
        return "rate_limit_exceeded";
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    /** What remains, and when to come again in milliseconds. */
    public Map<String, String> headers() {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("retry-after-ms", String.valueOf(millis(retryAfter)));
        return all;
    }
}
