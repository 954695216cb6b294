package io.quarkiverse.llm.gateway.runtime.seal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A text in few bytes: clients send all that they carry with each request. The first byte says whether the rest is deflated.
 * That its length tells how well a text packs is no leak: who carries it has been given that text, and nobody can mix one of
 * his own into it.
 */
final class PackedText {

    /** The most that is inflated; what is longer is not deflated. */
    static final int MOST = 16 << 20;
    private static final byte PLAIN = 0;
    private static final byte DEFLATED = 1;
    /** Below that there is nothing to win. */
    private static final int LEAST = 64;
    private static final int BLOCK = 8192;

    private PackedText() {
    }

    static byte[] packed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] packed = new byte[bytes.length + 1];
        if (bytes.length >= LEAST && bytes.length <= MOST) {
            int length = deflate(bytes, packed);
            if (length > 0) {
                packed[0] = DEFLATED;
                return Arrays.copyOf(packed, 1 + length);
            }
        }
        packed[0] = PLAIN;
        System.arraycopy(bytes, 0, packed, 1, bytes.length);
        return packed;
    }

    /**
     * @param to from its second byte on
     * @return how many bytes it took; 0 when they were not fewer
     */
    private static int deflate(byte[] bytes, byte[] to) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            int length = deflater.deflate(to, 1, bytes.length - 1);
            return deflater.finished() ? length : 0;
        } finally {
            deflater.end();
        }
    }

    /** @return empty when it is nothing of ours */
    static Optional<String> text(byte[] packed) {
        if (packed.length == 0) {
            return Optional.empty();
        } else if (packed[0] == PLAIN) {
            return Optional.of(new String(packed, 1, packed.length - 1, StandardCharsets.UTF_8));
        }
        return packed[0] == DEFLATED ? inflated(packed) : Optional.empty();
    }

    private static Optional<String> inflated(byte[] packed) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed, 1, packed.length - 1);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.min(MOST, packed.length * 4));
            byte[] block = new byte[BLOCK];
            while (!inflater.finished()) {
                int length = inflater.inflate(block);
                if (length == 0 && !inflater.finished() || bytes.size() + length > MOST) {
                    return Optional.empty();
                }
                bytes.write(block, 0, length);
            }
            return Optional.of(bytes.toString(StandardCharsets.UTF_8));
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }
}
