package io.quarkiverse.llm.runtime.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What may happen to the bytes of a stream: in single bytes, in pieces, in the values of JSON, and in whole events. */
final class Mutations {

    private static final String[] TOKENS = { "", "{", "}", "[", "]", "\"", "\\", ",", ":", "null", "true", "0", "-1", "1e999",
            "9223372036854775808", "2147483648", "\"\"", "{}", "[]", "[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":{\"a\":", "\\u0000",
            "\\ud800", "\\udc00\\ud83d", "\u0000", "\u00ff", "\u00c3", "\u00e2\u0082", "\u00ef\u00bb\u00bf", "\n", "\r", "\n\n",
            "\r\n\r\n", "data:", "data: ", "data: [DONE]\n\n", "event: ", "event: error\n", "id: \u0000\n", "retry: x\n",
            ":\n\n", "\"type\":", "\"type\":\"error\",", "\"type\":\"response.completed\",", "\"id\":\"\",",
            "\"item_id\":null,", "\"output_index\":-5,", "\"output_index\":99,", "\"index\":1000000000,", "\"error\":{},",
            "\"choices\":[],", "\"delta\":null,", "\"delta\":\"x\",", "\"usage\":{}," };

    private final Random random;

    Mutations(Random random) {
        this.random = random;
    }

    /** The stream with up to six changes, with pieces of the other one perhaps. */
    byte[] of(byte[] stream, byte[] other) {
        // in Latin 1 each byte is a character
        String text = new String(stream, ISO_8859_1);
        for (int i = random.nextInt(1 + random.nextInt(6)); i >= 0; i--) {
            text = change(text, new String(other, ISO_8859_1));
        }
        return text.getBytes(ISO_8859_1);
    }

    private String change(String text, String other) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(random.nextInt(10) == 0 ? 2_000 : 20));
        String before = text.substring(0, from);
        String after = text.substring(to);
        return switch (random.nextInt(10)) {
            case 0 -> before + (char) random.nextInt(256) + text.substring(Math.min(text.length(), from + 1));
            case 1 -> flip(text);
            case 2 -> random.nextInt(3) == 0 ? before : text.substring(from);
            case 3 -> before + after;
            case 4 -> before + text.substring(from, to) + text.substring(from);
            case 5 -> before + token() + text.substring(from);
            case 6 -> before + piece(other) + after;
            case 7 -> value(text, from);
            default -> events(text, other);
        };
    }

    private String flip(String text) {
        StringBuilder flipped = new StringBuilder(text);
        if (!text.isEmpty()) {
            int at = random.nextInt(text.length());
            flipped.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(8)));
        }
        return flipped.toString();
    }

    private String token() {
        return TOKENS[random.nextInt(TOKENS.length)];
    }

    private String piece(String other) {
        int from = random.nextInt(other.length() + 1);
        return other.substring(from, Math.min(other.length(), from + random.nextInt(400)));
    }

    /** Puts something else in place of the next value. */
    private String value(String text, int from) {
        int colon = text.indexOf("\":", from);
        if (colon < 0) {
            return text;
        }
        int end = colon + 2;
        while (end < text.length() && ",}\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, colon + 2) + token() + text.substring(end);
    }

    /** Drops, repeats, moves or brings whole events. */
    private String events(String text, String other) {
        List<String> events = new ArrayList<>(Arrays.asList(text.split("(?<=\n\n)")));
        int at = random.nextInt(events.size());
        switch (random.nextInt(4)) {
            case 0 -> events.remove(at);
            case 1 -> events.add(random.nextInt(events.size() + 1), events.get(at));
            case 2 -> events.add(random.nextInt(events.size()), events.remove(at));
            default -> {
                String[] others = other.split("(?<=\n\n)");
                events.add(at, others[random.nextInt(others.length)]);
            }
        }
        return String.join("", events);
    }
}
