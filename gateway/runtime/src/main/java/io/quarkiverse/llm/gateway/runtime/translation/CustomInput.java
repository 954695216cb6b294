package io.quarkiverse.llm.gateway.runtime.translation;

/**
 * Reads the input of a custom tool out of the arguments of the function that stands for it, while they arrive: the text of
 * the string {@code input} of an object. Arguments that are no such object are the input as they are. What comes out does not
 * depend on where the pieces are cut, and has no half of a surrogate pair. Not thread-safe.
 */
final class CustomInput {

    private enum State {
        BEFORE_OBJECT,
        BEFORE_KEY,
        KEY,
        AFTER_KEY,
        BEFORE_VALUE,
        OTHER_VALUE,
        INPUT,
        OVER,
        RAW
    }

    private static final char REPLACEMENT = '\uFFFD';
    private static final int HEX_DIGITS = 4;
    private static final int HEX = 16;
    private static final String SPACE = " \t\r\n";

    private final StringBuilder input = new StringBuilder();
    /** What has come while it is open whether there will be an input in it. */
    private StringBuilder undecided = new StringBuilder();
    private final StringBuilder key = new StringBuilder();
    private State state = State.BEFORE_OBJECT;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private int hexLeft;
    private int hex;
    private char high;

    /** The input in whole arguments. */
    static String of(String arguments) {
        CustomInput reader = new CustomInput();
        reader.read(arguments);
        return reader.finish();
    }

    /** What of the input is new by this piece of the arguments; empty for nothing. */
    String read(String piece) {
        int before = input.length();
        for (int i = 0; i < piece.length(); i++) {
            read(piece.charAt(i));
        }
        return input.substring(before);
    }

    /** How much of the input has been read out so far, in characters. */
    int told() {
        return input.length();
    }

    /** The whole input, once the arguments are at their end. */
    String finish() {
        if (state != State.INPUT && state != State.OVER && state != State.RAW) {
            takeRaw();
        }
        endPair();
        return input.toString();
    }

    private void read(char c) {
        if (undecided != null) {
            undecided.append(c);
        }
        switch (state) {
            case BEFORE_OBJECT -> expect(c, '{', State.BEFORE_KEY);
            case BEFORE_KEY -> expect(c, '"', State.KEY);
            case KEY -> readKey(c);
            case AFTER_KEY -> expect(c, ':', State.BEFORE_VALUE);
            case BEFORE_VALUE -> beginValue(c);
            case OTHER_VALUE -> skip(c);
            case INPUT -> readInput(c);
            case OVER -> {
                // one input is enough
            }
            case RAW -> append(c);
        }
    }

    private void expect(char c, char expected, State next) {
        if (c == expected) {
            state = next;
        } else if (SPACE.indexOf(c) < 0) {
            takeRaw();
        }
    }

    private void takeRaw() {
        state = State.RAW;
        for (int i = 0; i < undecided.length(); i++) {
            append(undecided.charAt(i));
        }
        undecided = null;
    }

    private void readKey(char c) {
        if (isEnd(c)) {
            state = State.AFTER_KEY;
        } else {
            int decoded = decoded(c);
            if (decoded >= 0) {
                key.append((char) decoded);
            }
        }
    }

    private void beginValue(char c) {
        if (SPACE.indexOf(c) >= 0) {
            return;
        }
        boolean named = CustomTool.INPUT.contentEquals(key);
        key.setLength(0);
        if (named && c == '"') {
            state = State.INPUT;
            undecided = null;
        } else if (named) {
            takeRaw();
        } else {
            state = State.OTHER_VALUE;
            depth = 0;
            skip(c);
        }
    }

    private void skip(char c) {
        if (inString) {
            inString = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (depth > 0) {
            depth -= c == '}' || c == ']' ? 1 : 0;
        } else if (c == ',') {
            state = State.BEFORE_KEY;
        } else if (c == '}') {
            takeRaw();
        }
    }

    private void readInput(char c) {
        if (isEnd(c)) {
            endPair();
            state = State.OVER;
        } else {
            int decoded = decoded(c);
            if (decoded >= 0) {
                append((char) decoded);
            }
        }
    }

    private boolean isEnd(char c) {
        return c == '"' && !escaped && hexLeft == 0;
    }

    /** The next character of a string, or -1 as long as an escape sequence is not whole. */
    private int decoded(char c) {
        if (hexLeft > 0) {
            hex = hex * HEX + Math.max(0, Character.digit(c, HEX));
            return --hexLeft == 0 ? hex : -1;
        } else if (escaped) {
            escaped = false;
            if (c == 'u') {
                hexLeft = HEX_DIGITS;
                hex = 0;
                return -1;
            }
            return switch (c) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'b' -> '\b';
                case 'f' -> '\f';
                default -> c;
            };
        }
        escaped = c == '\\';
        return escaped ? -1 : c;
    }

    private void append(char c) {
        if (Character.isLowSurrogate(c)) {
            if (high == 0) {
                input.append(REPLACEMENT);
            } else {
                input.append(high).append(c);
            }
            high = 0;
            return;
        }
        endPair();
        if (Character.isHighSurrogate(c)) {
            high = c;
        } else {
            input.append(c);
        }
    }

    private void endPair() {
        if (high != 0) {
            input.append(REPLACEMENT);
            high = 0;
        }
    }
}
