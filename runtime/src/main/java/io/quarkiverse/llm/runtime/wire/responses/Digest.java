package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;

/** SHA-256 of something that is written as JSON, but never held as such: what is equal by it is equal. */
final class Digest {

    /** Which takes any text. */
    private static final JsonFactory JSON = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final byte[] hash;

    private Digest(byte[] hash) {
        this.hash = hash;
    }

    /** Writes what counts. */
    interface Json {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * @param before bytes that count as well
     */
    static Digest of(byte[] before, Json content) {
        MessageDigest sha = sha256();
        sha.update(before);
        try (JsonGenerator json = new LongTexts(
                JSON.createGenerator(new DigestOutputStream(OutputStream.nullOutputStream(), sha)), sha)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Digest(sha.digest());
    }

    /** Spares long texts the way through escapes, which takes longer than all the rest. */
    private static final class LongTexts extends JsonGeneratorDelegate {

        private static final int LONG = 128;

        private final MessageDigest sha;

        LongTexts(JsonGenerator json, MessageDigest sha) {
            super(json);
            this.sha = sha;
        }

        /** What begins so is no JSON, and its length says where it ends: nothing else looks the same. */
        @Override
        public void writeString(String text) throws IOException {
            if (text.length() < LONG || hasSurrogates(text)) {
                super.writeString(text);
                return;
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            writeRawValue("\0" + bytes.length + ":");
            flush();
            sha.update(bytes);
        }
    }

    /** Of halves that stand alone UTF-8 knows no difference. */
    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(hash, digest.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }
}
