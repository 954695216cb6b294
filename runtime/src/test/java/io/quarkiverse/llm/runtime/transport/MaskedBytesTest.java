package io.quarkiverse.llm.runtime.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MaskedBytesTest {

    private static final List<String> SECRETS = List.of("abcabcabd", "abcabd", "xyzxyz");

    @Property
    void whateverTheSplitTheSameBytesAreMasked(@ForAll("texts") String text, @ForAll("texts") String more) {
        byte[] bytes = (text + more).getBytes(UTF_8);
        int split = text.getBytes(UTF_8).length;

        assertThat(masked(bytes, split)).isEqualTo(masked(bytes, 0)).hasSameSizeAs(bytes);
    }

    @Property
    void noSecretIsLeft(@ForAll("texts") String text, @ForAll("texts") String more) {
        byte[] bytes = (text + more).getBytes(UTF_8);

        assertThat(new String(masked(bytes, text.length() / 2), UTF_8)).doesNotContain(SECRETS);
    }

    @Property
    void whatIsNoSecretStays(@ForAll String text) {
        byte[] bytes = text.getBytes(UTF_8);

        assertThat(masked(bytes, bytes.length / 2)).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("abc", "abcabd", "abcabcabd", "xyz", "xyzxyz", "a", "ü", "{\"key\":\"").list().ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    private static byte[] masked(byte[] bytes, int split) {
        MaskedBytes masked = new MaskedBytes(SECRETS);
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        shown.writeBytes(masked.next(Arrays.copyOf(bytes, split)));
        shown.writeBytes(masked.next(Arrays.copyOfRange(bytes, split, bytes.length)));
        shown.writeBytes(masked.rest());
        return shown.toByteArray();
    }
}
