package io.quarkiverse.llm.gateway.runtime.translation;

/** Text that is told in passing. */
final class Brief {

    private static final int MAX_LENGTH = 200;

    private Brief() {
    }

    /** The text in one line, cut where it becomes long. */
    static String of(String text) {
        String line = text.strip().replace('\n', ' ').replace('\r', ' ');
        if (line.length() <= MAX_LENGTH) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return line.substring(0, end) + "...";
    }
}
