package io.quarkiverse.llm.gateway.runtime.answer;

/** What clients and providers say, for the log: nothing of it may look like a line or a field of the log's own. */
final class Printable {

    private Printable() {
    }

    /** At most so many characters, with question marks for those that nobody sees. */
    static String of(String text, int most) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().limit(most).map(c -> isPrintable(c) ? c : '?').forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** One word, whatever it was. */
    static String word(String text, int most) {
        return of(text, most).replace(' ', '?');
    }

    private static boolean isPrintable(int codePoint) {
        return codePoint == ' ' || !Character.isSpaceChar(codePoint) && switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
