package io.quarkiverse.llm.gateway.runtime.state;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * How the making of a response stands, for all instances that share the store: the instance that makes it renews the mark, and
 * learns from it what others want.
 *
 * @param renewed when, in milliseconds since 1970
 * @param chunks how many parts of its events are there
 */
public record JobMark(Kind kind, long renewed, int chunks) {

    /** What was last said of it. */
    public enum Kind {
        /** It waits for its turn. */
        QUEUED,
        /** The model is at work. */
        RUNNING,
        /** What came of it is being written. */
        ENDING,
        /** It shall be stopped. */
        CANCELLED,
        /** It shall be forgotten. */
        DELETED,
        /** Who made it is gone, and it has failed. */
        GONE
    }

    byte[] encode() {
        return (kind.name().toLowerCase(Locale.ROOT) + " " + renewed + " " + chunks).getBytes(StandardCharsets.US_ASCII);
    }

    static JobMark decode(byte[] mark) {
        String[] words = new String(mark, StandardCharsets.US_ASCII).split(" ");
        return new JobMark(Kind.valueOf(words[0].toUpperCase(Locale.ROOT)), Long.parseLong(words[1]),
                Integer.parseInt(words[2]));
    }

    /** The same in another state. */
    public JobMark as(Kind other) {
        return new JobMark(other, renewed, chunks);
    }
}
