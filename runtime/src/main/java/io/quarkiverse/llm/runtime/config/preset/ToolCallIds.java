package io.quarkiverse.llm.runtime.config.preset;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

import io.quarkiverse.llm.runtime.config.value.NamedValue;

/** Which ids of tool calls a server takes back. */
public enum ToolCallIds implements NamedValue {

    /** Any. */
    ANY {
        @Override
        public String of(String callId) {
            return callId;
        }
    },
    /** Nine letters and digits, as Mistral's own: others are replaced, each always by the same one. */
    NINE_ALPHANUMERIC {
        @Override
        public String of(String callId) {
            return NINE.matcher(callId).matches() ? callId : digest(callId);
        }
    };

    private static final Pattern NINE = Pattern.compile("[a-zA-Z0-9]{9}");
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 9;

    /** The id as it is sent, of the call and of its output alike. */
    public abstract String of(String callId);

    /** A counter would do as well for one request, but must not change when the history grows: prompt caches would miss. */
    private static String digest(String callId) {
        BigInteger number;
        try {
            number = new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(callId.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        BigInteger base = BigInteger.valueOf(ALPHABET.length());
        StringBuilder id = new StringBuilder(LENGTH);
        while (id.length() < LENGTH) {
            BigInteger[] division = number.divideAndRemainder(base);
            id.append(ALPHABET.charAt(division[1].intValue()));
            number = division[0];
        }
        return id.toString();
    }
}
