package io.quarkiverse.llm.gateway.runtime.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.Secret;

/**
 * Authenticated encryption of what clients carry: AES-256 in Galois/Counter Mode (NIST SP 800-38D). Bound to what it is for and
 * to whom it was given: whoever else brings it has nothing. Thread-safe.
 * <p>
 * Sealed content is the prefix, and in base64url the id of the key, a random nonce of 96 bits and the cipher text with its tag.
 * Random nonces are good for 2^32 sealings with one key, a hundred a second for more than a year.
 */
public final class Sealing {

    /** No server's own begins like that. */
    private static final String OURS = "quarkus-llm:";
    private static final String PREFIX = OURS + "1:";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD = SealingKey.ID_BYTES + NONCE_BYTES;
    /** With the tag, and the first byte of what is packed. */
    private static final int LEAST = HEAD + TAG_BITS / Byte.SIZE + 1;
    private static final int SECRET_BYTES = 32;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Logger LOG = Logger.getLogger(Sealing.class);

    private final List<SealingKey> keys;
    private final SecureRandom random;
    /** Whether it is still to be said that the key will be lost. */
    private final AtomicBoolean silent;

    private Sealing(List<SealingKey> keys, SecureRandom random, boolean passing) {
        this.keys = keys;
        this.random = random;
        this.silent = new AtomicBoolean(passing);
    }

    /**
     * @param secrets the first seals, all open. Without any there is a random key that nobody else has, which is said in the
     *        log when it first seals
     */
    public static Sealing of(List<Secret> secrets) {
        SecureRandom random = new SecureRandom();
        if (secrets.isEmpty()) {
            byte[] secret = new byte[SECRET_BYTES];
            random.nextBytes(secret);
            return new Sealing(List.of(SealingKey.of(secret)), random, true);
        }
        return new Sealing(secrets.stream()
                .map(secret -> SealingKey.of(secret.reveal().getBytes(StandardCharsets.UTF_8))).toList(), random, false);
    }

    /** Whether that is sealed content, by whichever key and for whomever: of no use to any other server. */
    public static boolean isSealed(String content) {
        return content.startsWith(OURS);
    }

    /**
     * @param owner who alone may bring it back
     * @return another text each time
     */
    public String seal(Purpose purpose, String owner, String text) {
        if (silent.getAndSet(false)) {
            LOG.info(
                    "quarkus.llm-gateway.encryption-keys is not set: reasoning that clients bring back cannot be opened after a"
                            + " restart or by another instance. Set it to a random text of at least 16 characters to keep it");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] packed = PackedText.packed(text);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, purpose, owner);
            ByteBuffer sealed = ByteBuffer.allocate(HEAD + cipher.getOutputSize(packed.length)).put(keys.get(0).id())
                    .put(nonce);
            cipher.doFinal(ByteBuffer.wrap(packed), sealed);
            return PREFIX + ENCODER.encodeToString(sealed.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES in GCM", e);
        }
    }

    /**
     * @param owner who brings it back
     * @return empty when it was sealed by somebody else, for something else or for another owner, or is not as it was
     */
    public Optional<String> open(Purpose purpose, String owner, String content) {
        byte[] sealed = bytes(content);
        if (sealed.length < LEAST) {
            return Optional.empty();
        }
        return keys.stream().filter(key -> key.hasId(sealed, 0)).flatMap(key -> opened(key, sealed, purpose, owner).stream())
                .findFirst().flatMap(PackedText::text);
    }

    private static Optional<byte[]> opened(SealingKey key, byte[] sealed, Purpose purpose, String owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        System.arraycopy(sealed, SealingKey.ID_BYTES, nonce, 0, NONCE_BYTES);
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce, purpose, owner)
                    .doFinal(sealed, HEAD, sealed.length - HEAD));
        } catch (GeneralSecurityException e) {
            // not what was sealed, or not for that
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, SealingKey key, byte[] nonce, Purpose purpose, String owner)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        // no label has the character between them
        cipher.updateAAD((PREFIX + purpose.label + '\n' + owner).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** Empty for what is not written as we write it: some decoders do not mind a changed last character. */
    private static byte[] bytes(String content) {
        byte[] none = new byte[0];
        if (!content.startsWith(PREFIX)) {
            return none;
        }
        String text = content.substring(PREFIX.length());
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return ENCODER.encodeToString(bytes).equals(text) ? bytes : none;
        } catch (IllegalArgumentException e) {
            return none;
        }
    }
}
