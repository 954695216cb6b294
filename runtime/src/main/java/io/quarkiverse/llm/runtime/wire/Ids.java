package io.quarkiverse.llm.runtime.wire;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Ids in the style of the field, for servers that give none. */
public final class Ids {

    private static final HexFormat HEX = HexFormat.of();

    private Ids() {
    }

    /**
     * @param prefix of the kind, such as {@code call}, {@code msg} or {@code resp}
     */
    public static String made(String prefix) {
        return prefix + "_" + digits();
    }

    /** Of an answer of Chat Completions, whose ids have a dash. */
    public static String chatCompletion() {
        return "chatcmpl-" + digits();
    }

    private static String digits() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
    }
}
