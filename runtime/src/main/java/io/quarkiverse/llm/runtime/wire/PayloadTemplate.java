package io.quarkiverse.llm.runtime.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a payload that has been parsed, with gaps where it varies from one to the next. Nearly all bytes of a
 * stream's payloads are the same: one that is this payload but for what is in the gaps needs no parser.
 * <p>
 * Whatever is not plainly the same does not match, and goes to the parser: another byte outside of the gaps, a string with
 * unicode escapes, control characters or bytes that are not UTF-8, a number with anything but digits.
 */
public final class PayloadTemplate {

    /** The text, its number, and what OpenAI pads it with. */
    private static final int MOST_GAPS = 3;
    /** Of a long, whatever they are. */
    private static final int MOST_DIGITS = 18;
    /** Longer payloads are rare, and not worth a copy. */
    private static final int MOST_BYTES = 4096;
    private static final int NONE = -1;

    private byte[] template = {};
    private int length;
    /** From behind the opening quote of a string to its closing quote; from the first digit of a number to behind its last. */
    private final int[] from = new int[MOST_GAPS];
    private final int[] to = new int[MOST_GAPS];
    private int gaps;
    private int textGap;
    private int numberGap;
    private long number;
    private boolean usable;
    private byte[] unescaped = {};

    /** Another payload is going to be parsed. */
    public void clear() {
        usable = false;
        gaps = 0;
        textGap = NONE;
        numberGap = NONE;
    }

    /** The gaps are told in their order: here begins the string, with its quote, that the next payload is read for. */
    public void text(int start) {
        // of two texts either may be what varies
        textGap = textGap == NONE ? gaps : MOST_GAPS;
        ignored(start);
    }

    /** Here begins a string that nobody reads. */
    public void ignored(int start) {
        gap(start + 1);
    }

    /** Here begins a whole number, the only one that varies. */
    public void number(int start) {
        // of two numbers nobody knows which is asked for
        numberGap = numberGap == NONE ? gaps : MOST_GAPS;
        gap(start);
    }

    private void gap(int start) {
        if (gaps < MOST_GAPS) {
            from[gaps] = start;
        }
        gaps++;
    }

    /** Keeps the payload whose gaps have been told, if the next one can be read with it. */
    public void keep(byte[] data, int offset, int count) {
        if (textGap == NONE || textGap == MOST_GAPS || numberGap == MOST_GAPS || gaps > MOST_GAPS || count > MOST_BYTES) {
            return;
        }
        if (template.length < count) {
            template = new byte[Math.max(512, 2 * count)];
        }
        System.arraycopy(data, offset, template, 0, count);
        length = count;
        for (int i = 0; i < gaps; i++) {
            to[i] = i == numberGap ? endOfNumber(template, from[i], count) : endOfString(template, from[i], count);
            if (to[i] == NONE) {
                return;
            }
        }
        usable = true;
    }

    /** The text of a payload that is this one but for what is in the gaps; {@code null} when it is not. */
    public String match(byte[] data, int offset, int count) {
        if (!usable) {
            return null;
        }
        String text = null;
        int end = offset + count;
        int at = offset;
        int matched = 0;
        for (int i = 0; i < gaps; i++) {
            int start = at + from[i] - matched;
            if (start >= end || !Arrays.equals(template, matched, from[i], data, at, start)) {
                return null;
            }
            at = i == numberGap ? endOfNumber(data, start, end) : endOfString(data, start, end);
            if (at == NONE) {
                return null;
            }
            matched = to[i];
            if (i == textGap) {
                text = string(data, start, at);
            } else if (i == numberGap) {
                number = digits(data, start, at);
            } else if (!isPlain(data, start, at)) {
                return null;
            }
        }
        return Arrays.equals(template, matched, length, data, at, end) ? text : null;
    }

    /** The number of the payload that matched last. */
    public long number() {
        return number;
    }

    private static int endOfNumber(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        int digits = i - start;
        // a number does not begin with 0 (RFC 8259, 6)
        return digits == 0 || digits > MOST_DIGITS || digits > 1 && bytes[start] == '0' ? NONE : i;
    }

    private static long digits(byte[] bytes, int start, int end) {
        long value = 0;
        for (int i = start; i < end; i++) {
            value = 10 * value + bytes[i] - '0';
        }
        return value;
    }

    /** The next quote that is not escaped; {@link #NONE} when there is none, or something that only a parser should judge. */
    private static int endOfString(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (b == '"') {
                return i;
            }
            if (b == '\\') {
                i++;
            } else if (b >= 0 && b < ' ') {
                return NONE;
            }
        }
        return NONE;
    }

    private static boolean isPlain(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] < 0 || bytes[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    private String string(byte[] bytes, int start, int end) {
        byte[] plain = bytes;
        int first = start;
        int count = end - start;
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\\') {
                count = unescape(bytes, start, end);
                plain = unescaped;
                first = 0;
                break;
            }
        }
        if (count == NONE) {
            return null;
        }
        String text = new String(plain, first, count, StandardCharsets.UTF_8);
        // what malformed bytes are replaced with
        return text.indexOf('\uFFFD') < 0 ? text : null;
    }

    private int unescape(byte[] bytes, int start, int end) {
        if (unescaped.length < end - start) {
            unescaped = new byte[2 * (end - start)];
        }
        int count = 0;
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (b == '\\') {
                b = meaning(bytes[++i]);
                if (b == NONE) {
                    return NONE;
                }
            }
            unescaped[count++] = b;
        }
        return count;
    }

    /** What stands for itself after a backslash: RFC 8259, 7, without {@code u}. */
    private static byte meaning(byte escape) {
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> NONE;
        };
    }
}
