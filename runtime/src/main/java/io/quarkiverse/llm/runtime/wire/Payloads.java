package io.quarkiverse.llm.runtime.wire;

import java.nio.charset.StandardCharsets;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.runtime.config.SecretMask;
import io.quarkiverse.llm.runtime.config.SettingKey;

/** What all payloads of a provider have in common, whatever they say. */
public final class Payloads {

    private static final String DONE = "[DONE]";
    /** Characters of an unreadable answer that a message shows. */
    private static final int SHOWN = 80;

    private final String provider;
    private final SecretMask secrets;

    public Payloads(String provider, SecretMask secrets) {
        this.provider = provider;
        this.secrets = secrets;
    }

    public static String text(byte[] data, int offset, int length) {
        return new String(data, offset, length, StandardCharsets.UTF_8);
    }

    public static boolean isBlank(byte[] data, int offset, int length) {
        return length == 0 || data[offset] <= ' ' && text(data, offset, length).isBlank();
    }

    /** Whether it says, as OpenAI began to, that nothing more comes. */
    public static boolean isDone(byte[] data, int offset, int length) {
        return data[offset] != '{' && text(data, offset, length).strip().equals(DONE);
    }

    /** The text as it may be shown. */
    public String masked(byte[] data, int offset, int length) {
        return masked(text(data, offset, length));
    }

    /** The text as it may be shown. */
    public String masked(String text) {
        return secrets.mask(text);
    }

    /**
     * The failure that something unreadable is.
     *
     * @param what was sent instead of an answer
     */
    public LlmException unreadable(String what, byte[] data, int offset, int length, Throwable cause) {
        String raw = masked(data, offset, length);
        String shown = raw.length() <= SHOWN ? raw : raw.substring(0, SHOWN) + "...";
        return new LlmDecodeException(SettingKey.subject(provider) + " sent " + what + " (" + shown.replaceAll("\\s+", " ")
                + "): check that " + new SettingKey(provider, "base-url") + " is that of its API", raw,
                LlmErrorDetails.of(provider), cause);
    }
}
