package io.quarkiverse.llm.scripted;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The text of an HTTP request or response: a first line, headers with names in lower case, and a body after a blank line. */
record HttpText(Path file, String firstLine, Map<String, String> headers, String body) {

    static HttpText parse(Path file, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        String first = null;
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            String line = (end < 0 ? text.substring(from) : text.substring(from, end)).stripTrailing();
            from = end < 0 ? text.length() : end + 1;
            if (first == null) {
                first = line;
            } else if (line.isEmpty()) {
                break;
            } else {
                header(file, line, headers);
            }
        }
        if (first == null || first.isEmpty()) {
            throw new IllegalArgumentException(file + " has no first line");
        }
        return new HttpText(file, first, headers, text.substring(from));
    }

    private static void header(Path file, String line, Map<String, String> headers) {
        // a pseudo header of HTTP/2 begins with a colon
        int colon = line.indexOf(':', 1);
        if (colon < 0) {
            throw new IllegalArgumentException(file + " has a line that is no header: " + line);
        }
        headers.merge(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip(),
                (one, two) -> one + ", " + two);
    }

    /** A word of the first line. */
    String word(int index) {
        String[] words = firstLine.split(" ");
        if (index >= words.length) {
            throw new IllegalArgumentException(file + " begins with a line that is too short: " + firstLine);
        }
        return words[index];
    }
}
