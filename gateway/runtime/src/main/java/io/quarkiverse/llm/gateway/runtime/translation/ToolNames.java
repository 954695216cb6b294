package io.quarkiverse.llm.gateway.runtime.translation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of functions as every server takes them: letters, digits, dashes and underscores, at most 64. A made name depends on
 * what it is made from and on nothing else, so that the same history gives the same bytes in each request.
 */
final class ToolNames {

    private static final int MAX_LENGTH = 64;
    private static final int DIGEST_BYTES = 4;
    private static final String BETWEEN = "__";

    private ToolNames() {
    }

    /** The name itself, led by its namespace, where that is legal; else the most readable legal one. */
    static String of(ToolKey key) {
        String whole = whole(key);
        return isLegal(whole) ? whole : distinct(key, 0);
    }

    /** A name that no other tool has, unless by a chance of one in four thousand million. */
    static String distinct(ToolKey key, int attempt) {
        String suffix = "_" + digest(key.namespace().orElse("") + '\0' + key.name() + (attempt == 0 ? "" : "\0" + attempt));
        String legal = legal(whole(key));
        return legal.substring(0, Math.min(legal.length(), MAX_LENGTH - suffix.length())) + suffix;
    }

    private static String whole(ToolKey key) {
        return key.namespace().map(space -> space + BETWEEN).orElse("") + key.name();
    }

    private static boolean isLegal(String name) {
        return !name.isEmpty() && name.length() <= MAX_LENGTH && name.chars().allMatch(ToolNames::isLegal);
    }

    private static boolean isLegal(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    private static String legal(String name) {
        if (name.isEmpty()) {
            return "tool";
        }
        StringBuilder legal = new StringBuilder(name.length());
        name.chars().forEach(c -> legal.append(isLegal(c) ? (char) c : '_'));
        return legal.toString();
    }

    /** The same text for the same text, short enough for a name. */
    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
