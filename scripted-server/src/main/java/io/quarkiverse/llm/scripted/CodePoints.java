package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.List;

/** Cuts text without tearing a character that takes two chars. */
final class CodePoints {

    private CodePoints() {
    }

    static int count(String text) {
        return text.codePointCount(0, text.length());
    }

    static String first(int most, String text) {
        return count(text) <= most ? text : text.substring(0, text.offsetByCodePoints(0, most));
    }

    static List<String> fragments(int size, String text) {
        List<String> fragments = new ArrayList<>();
        for (String rest = text; !rest.isEmpty(); rest = rest.substring(fragments.get(fragments.size() - 1).length())) {
            fragments.add(first(size, rest));
        }
        return fragments;
    }
}
