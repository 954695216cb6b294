package io.quarkiverse.llm.runtime.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/**
 * Hides secrets in bytes that come in parts, each with as many asterisks as it has bytes, so that sizes stay true. The end of
 * a part that may be the beginning of a secret is held back until it is known.
 */
final class MaskedBytes {

    private static final byte[] NOTHING = {};

    private final List<byte[]> secrets;
    private byte[] held = NOTHING;

    /**
     * @param secrets the longest first
     */
    MaskedBytes(List<String> secrets) {
        this.secrets = secrets.stream().map(secret -> secret.getBytes(UTF_8)).toList();
    }

    /** What can be shown by now. */
    byte[] next(byte[] part) {
        if (secrets.isEmpty()) {
            return part;
        }
        byte[] bytes = Arrays.copyOf(held, held.length + part.length);
        System.arraycopy(part, 0, bytes, held.length, part.length);
        int at = 0;
        while (at < bytes.length) {
            int length = maskAt(bytes, at);
            if (length == 0 && mayBeginAt(bytes, at)) {
                break;
            }
            at += Math.max(1, length);
        }
        held = Arrays.copyOfRange(bytes, at, bytes.length);
        return Arrays.copyOf(bytes, at);
    }

    /** What was held back, now that nothing more comes. */
    byte[] rest() {
        byte[] rest = held;
        held = NOTHING;
        return rest;
    }

    private int maskAt(byte[] bytes, int at) {
        for (byte[] secret : secrets) {
            int end = at + secret.length;
            if (end <= bytes.length && Arrays.equals(bytes, at, end, secret, 0, secret.length)) {
                Arrays.fill(bytes, at, end, (byte) '*');
                return secret.length;
            }
        }
        return 0;
    }

    private boolean mayBeginAt(byte[] bytes, int at) {
        int length = bytes.length - at;
        for (byte[] secret : secrets) {
            if (length < secret.length && Arrays.equals(bytes, at, bytes.length, secret, 0, length)) {
                return true;
            }
        }
        return false;
    }
}
