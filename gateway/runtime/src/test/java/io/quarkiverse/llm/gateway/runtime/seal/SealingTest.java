package io.quarkiverse.llm.gateway.runtime.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.Secret;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SealingTest {

    private static final Secret OLD = Secret.of("an old secret of 28 letters");
    private static final Secret NEW = Secret.of("a new secret of 27 letters");
    private static final Sealing SEALING = Sealing.of(List.of(OLD));
    private static final String ALICE = "alice";
    private static final String TEXT = "Since naïve ☕ \uD83D\uDE00";

    private static String sealed() {
        return SEALING.seal(Purpose.REASONING, ALICE, TEXT);
    }

    private static void assertClosed(String content) {
        assertThat(SEALING.open(Purpose.REASONING, ALICE, content)).as(content).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void what_was_sealed_can_be_opened(Purpose purpose) {
        for (String text : List.of("", "a", TEXT, TEXT.repeat(100_000))) {
            assertThat(SEALING.open(purpose, ALICE, SEALING.seal(purpose, ALICE, text))).contains(text);
        }
    }

    @Test
    void an_owner_may_be_called_anything() {
        for (String owner : List.of("", "\n", "ü☕", "x".repeat(10_000))) {
            assertThat(SEALING.open(Purpose.REASONING, owner, SEALING.seal(Purpose.REASONING, owner, TEXT))).contains(TEXT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "Alice", "alice ", "bob", "\nalice" })
    void another_owner_has_nothing_of_it(String owner) {
        assertThat(SEALING.open(Purpose.REASONING, owner, sealed())).isEmpty();
    }

    @Test
    void it_is_of_no_use_for_another_purpose() {
        assertThat(SEALING.open(Purpose.COMPACTION, ALICE, sealed())).isEmpty();
        assertThat(SEALING.open(Purpose.REASONING, ALICE, SEALING.seal(Purpose.COMPACTION, ALICE, TEXT))).isEmpty();
    }

    @Test
    void another_key_does_not_open_it() {
        assertThat(Sealing.of(List.of(NEW)).open(Purpose.REASONING, ALICE, sealed())).isEmpty();
    }

    @Test
    void the_same_key_opens_it_in_another_process() {
        assertThat(Sealing.of(List.of(OLD)).open(Purpose.REASONING, ALICE, sealed())).contains(TEXT);
    }

    @Test
    void without_a_secret_each_process_has_a_key_of_its_own() {
        Sealing one = Sealing.of(List.of());
        String content = one.seal(Purpose.REASONING, ALICE, TEXT);

        assertThat(one.open(Purpose.REASONING, ALICE, content)).contains(TEXT);
        assertThat(Sealing.of(List.of()).open(Purpose.REASONING, ALICE, content)).isEmpty();
    }

    @Test
    void the_first_key_seals_and_all_open() {
        Sealing rotated = Sealing.of(List.of(NEW, OLD));
        String content = rotated.seal(Purpose.REASONING, ALICE, TEXT);

        assertThat(rotated.open(Purpose.REASONING, ALICE, sealed())).contains(TEXT);
        assertThat(rotated.open(Purpose.REASONING, ALICE, content)).contains(TEXT);
        assertThat(Sealing.of(List.of(NEW)).open(Purpose.REASONING, ALICE, content)).contains(TEXT);
        assertClosed(content);
    }

    @Test
    void no_sealing_is_like_another() {
        assertThat(sealed()).isNotEqualTo(sealed());
    }

    @Test
    void one_bit_anywhere_spoils_it() {
        for (String text : List.of(TEXT, TEXT + "1", TEXT + "12", "a".repeat(1000))) {
            String content = SEALING.seal(Purpose.REASONING, ALICE, text);
            for (int bit = 0; bit < content.length() * 7; bit++) {
                char[] flipped = content.toCharArray();
                flipped[bit / 7] ^= (char) (1 << bit % 7);
                assertClosed(new String(flipped));
            }
        }
    }

    @Test
    void one_bit_of_its_bytes_spoils_it() {
        String content = sealed();
        int begin = content.lastIndexOf(':') + 1;
        byte[] bytes = Base64.getUrlDecoder().decode(content.substring(begin));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertClosed(content.substring(0, begin) + Base64.getUrlEncoder().withoutPadding().encodeToString(flipped));
        }
    }

    @Test
    void it_is_spoilt_where_it_is_cut() {
        String content = sealed();
        for (int i = 0; i < content.length(); i++) {
            assertClosed(content.substring(0, i));
            assertClosed(content.substring(i + 1));
        }
    }

    @Test
    void nothing_may_be_added() {
        String content = sealed();
        for (String more : List.of("A", "AA", "AAAA", "=", "==", " ", "\n")) {
            assertClosed(content + more);
            assertClosed(more + content);
        }
    }

    @Property(tries = 500)
    void what_somebody_else_made_is_nothing(@ForAll String content) {
        assertClosed(content);
        assertClosed("quarkus-llm:" + content);
        assertClosed("quarkus-llm:1:" + content);
    }

    @Test
    void it_is_known_as_sealed_whoever_has_the_key() {
        assertThat(Sealing.isSealed(sealed())).isTrue();
        assertThat(Sealing.isSealed("gAAAAABm")).isFalse();
    }

    @Test
    void it_can_stand_in_JSON_and_in_addresses_of_the_web() {
        assertThat(sealed()).matches("quarkus-llm:1:[A-Za-z0-9_-]+");
    }

    @Test
    void what_repeats_itself_takes_little() {
        assertThat(SEALING.seal(Purpose.REASONING, ALICE, "Wait, let me check that. ".repeat(1000)).length()).isLessThan(1000);
    }

    @Test
    void what_does_not_pack_takes_no_more_than_it_must() {
        byte[] random = new byte[9000];
        new Random(3).nextBytes(random);
        String text = Base64.getEncoder().encodeToString(random).replace('A', 'é');
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        assertThat(SEALING.seal(Purpose.REASONING, ALICE, text).length()).isLessThan((bytes + 33) * 4 / 3 + 20);
    }

    @Test
    void nobody_shows_a_key() {
        assertThat(SealingKey.of("a secret".getBytes(StandardCharsets.UTF_8))).hasToString("SealingKey");
    }
}
