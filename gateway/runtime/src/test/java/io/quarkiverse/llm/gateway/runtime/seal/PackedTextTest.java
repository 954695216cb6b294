package io.quarkiverse.llm.gateway.runtime.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody but a key's holder can get that far; it must not fall over even so. */
@Timeout(60)
class PackedTextTest {

    private static byte[] deflatedZeros(int length) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(new byte[length]);
        deflater.finish();
        byte[] packed = new byte[length / 50 + 100];
        packed[0] = 1;
        int to = deflater.deflate(packed, 1, packed.length - 1);
        assertThat(deflater.finished()).isTrue();
        deflater.end();
        return Arrays.copyOf(packed, 1 + to);
    }

    @Test
    void what_swells_over_the_bound_is_nothing() {
        assertThat(PackedText.text(deflatedZeros(PackedText.MOST))).isPresent();
        assertThat(PackedText.text(deflatedZeros(PackedText.MOST + 1))).isEmpty();
    }

    @Test
    void what_is_longer_than_the_bound_is_kept_as_it_is() {
        String text = "a".repeat(PackedText.MOST + 1);
        byte[] packed = PackedText.packed(text);
        assertThat(packed).hasSize(PackedText.MOST + 2);
        assertThat(PackedText.text(packed)).contains(text);
    }

    @Test
    void nothing_is_nothing() {
        assertThat(PackedText.text(new byte[0])).isEmpty();
        assertThat(PackedText.text(new byte[] { 2, 'a' })).isEmpty();
        assertThat(PackedText.text(new byte[] { 1 })).isEmpty();
    }

    @Test
    void what_was_cut_or_is_garbage_is_nothing_or_another_text() {
        Random random = new Random(5);
        byte[] packed = PackedText.packed("Wait, let me check that. ".repeat(20));
        for (int i = 1; i < packed.length; i++) {
            assertThat(PackedText.text(Arrays.copyOf(packed, i))).isEmpty();
        }
        for (int i = 0; i < 20_000; i++) {
            byte[] garbage = new byte[1 + random.nextInt(100)];
            random.nextBytes(garbage);
            garbage[0] = 1;
            PackedText.text(garbage).ifPresent(text -> assertThat(text.length()).isLessThan(PackedText.MOST));
        }
    }
}
