package io.quarkiverse.llm.gateway.runtime.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key and what it is known by, both from one secret by HKDF-SHA256 (RFC 5869). That suffices where the secret is random: HKDF
 * makes two independent keys of even length out of it. It does not slow down guessing, as a password's derivation would, so
 * the configuration asks for a random one.
 *
 * @param key of AES-256
 * @param id tells keys apart, so that none has to be tried in vain, and nothing of the key
 */
record SealingKey(SecretKeySpec key, byte[] id) {

    static final int ID_BYTES = 4;
    private static final String HMAC = "HmacSHA256";
    private static final byte[] DOMAIN = ascii("quarkus-llm-gateway encrypted content");
    private static final byte[] KEY = ascii("key");
    private static final byte[] ID = ascii("id");

    static SealingKey of(byte[] secret) {
        byte[] root = hmac(DOMAIN, secret);
        return new SealingKey(new SecretKeySpec(expanded(root, KEY), "AES"), Arrays.copyOf(expanded(root, ID), ID_BYTES));
    }

    /** The first block of HKDF-Expand, which is as long as a key. */
    private static byte[] expanded(byte[] root, byte[] info) {
        byte[] block = Arrays.copyOf(info, info.length + 1);
        block[info.length] = 1;
        return hmac(root, block);
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + HMAC, e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    boolean hasId(byte[] bytes, int offset) {
        return Arrays.equals(id, 0, ID_BYTES, bytes, offset, offset + ID_BYTES);
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "SealingKey";
    }
}
