package io.quarkiverse.llm.benchmarks.fleet;

/**
 * When something was sent, as the beginning of a text. The clock is {@link System#nanoTime()}, which all processes of a
 * machine share on Linux: time since it was started.
 */
final class Stamp {

    private static final String REST = " and a token";

    private Stamp() {
    }

    static String now() {
        return System.nanoTime() + REST;
    }

    /** Nanoseconds since it was made. */
    static long age(String text) {
        return System.nanoTime() - Long.parseLong(text, 0, text.indexOf(' '), 10);
    }
}
