package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is equal by a digest is equal. */
class DigestTest {

    private static final byte[] NOTHING = {};

    private static Digest of(String... texts) {
        return Digest.of(NOTHING, json -> {
            json.writeStartArray();
            for (String text : List.of(texts)) {
                json.writeString(text);
            }
            json.writeEndArray();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 127, 128, 129, 5000 })
    void equalTextsAreEqualWhateverTheirLength(int length) {
        String text = "é\n".repeat(length / 2 + 1).substring(0, length);
        assertThat(of(text)).isEqualTo(of(new String(text.toCharArray())));
        assertThat(of(text)).isNotEqualTo(of(text + "x"));
    }

    @Test
    void aLongTextThatDiffersInOneCharacterIsAnother() {
        assertThat(of("a".repeat(500) + "b")).isNotEqualTo(of("a".repeat(500) + "c"));
    }

    @Test
    void whereOneTextEndsAndTheNextBeginsMatters() {
        String longText = "a".repeat(200);
        assertThat(of(longText, longText + "a")).isNotEqualTo(of(longText + "a", longText));
    }

    @Test
    void aTextThatLooksAsTwoAreWrittenIsOne() {
        String longText = "a".repeat(200);
        assertThat(of(longText, longText)).isNotEqualTo(of(longText + ",\0200:" + longText));
        assertThat(of(longText, "b")).isNotEqualTo(of(longText + ",\"b\""));
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 500 })
    void halvesOfCharactersAreToldApart(int length) {
        String text = "a".repeat(length);
        assertThat(of(text + "\uD83D")).isNotEqualTo(of(text + "?")).isNotEqualTo(of(text + "\uD83C"));
        assertThat(of(text + "\uD83D\uDE00")).isEqualTo(of(text + "\uD83D\uDE00"));
    }
}
