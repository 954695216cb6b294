package io.quarkiverse.llm.runtime.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTemplateTest {

    private static final String BEFORE = "{\"id\":\"1\",\"choices\":[{\"delta\":{\"content\":\"";
    private static final String AFTER = "\"},\"finish_reason\":null}],\"usage\":null}";
    private static final String PADDED = "\"},\"finish_reason\":null}],\"obfuscation\":\"";

    private final PayloadTemplate template = new PayloadTemplate();

    private void keep(String text) {
        template.clear();
        template.text(BEFORE.length() - 1);
        keepBytes(BEFORE + text + AFTER);
    }

    private void keepPadded(String text, String padding) {
        template.clear();
        template.text(BEFORE.length() - 1);
        template.ignored((BEFORE + text + PADDED).length() - 1);
        keepBytes(BEFORE + text + PADDED + padding + "\"}");
    }

    private void keepBytes(String chunk) {
        byte[] bytes = chunk.getBytes(UTF_8);
        template.keep(bytes, 0, bytes.length);
    }

    private String match(String chunk) {
        return match(chunk.getBytes(UTF_8));
    }

    /** In the middle of other bytes. */
    private String match(byte[] chunk) {
        byte[] bytes = new byte[chunk.length + 7];
        Arrays.fill(bytes, (byte) '"');
        System.arraycopy(chunk, 0, bytes, 3, chunk.length);
        return template.match(bytes, 3, chunk.length);
    }

    @Test
    void theSameChunkMatchesWithWhateverText() {
        keep("Hello");

        assertThat(match(BEFORE + " world" + AFTER)).isEqualTo(" world");
        assertThat(match(BEFORE + "!" + AFTER)).isEqualTo("!");
        assertThat(match(BEFORE + AFTER)).isEmpty();
        assertThat(match(BEFORE + "größer als 😀" + AFTER)).isEqualTo("größer als 😀");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = { "\\\" \"", "\\\\ \\", "\\/ /" })
    void escapesOfOneLetterAreUnderstood(String escape, String meaning) {
        keep("Hello");

        assertThat(match(BEFORE + "ü" + escape + "b" + AFTER)).isEqualTo("ü" + meaning + "b");
    }

    @Test
    void escapedControlCharactersAreUnderstood() {
        keep("Hello");

        assertThat(match(BEFORE + "\\n\\t\\r\\b\\f" + AFTER)).isEqualTo("\n\t\r\b\f");
    }

    @Test
    void theTextOfTheTemplateMayHaveEscapesToo() {
        keep("\\\"\\\\");

        assertThat(match(BEFORE + "b" + AFTER)).isEqualTo("b");
    }

    @Test
    void anyOtherByteOutsideOfTheTextDoesNotMatch() {
        keep("Hello");
        byte[] chunk = (BEFORE + "Hello" + AFTER).getBytes(UTF_8);

        for (int i = 0; i < chunk.length; i++) {
            if (i >= BEFORE.length() && i < BEFORE.length() + 5) {
                continue;
            }
            for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++) {
                byte[] other = chunk.clone();
                other[i] = (byte) value;
                assertThat(match(other)).as("byte %d is %d", i, value)
                        .isEqualTo(value == chunk[i] ? "Hello" : null);
            }
        }
    }

    @Test
    void aByteMoreOrLessDoesNotMatch() {
        keep("Hello");
        String chunk = BEFORE + "Hello" + AFTER;

        for (int i = 0; i <= chunk.length(); i++) {
            boolean inside = i >= BEFORE.length() && i <= BEFORE.length() + 5;
            if (!inside) {
                assertThat(match(chunk.substring(0, i) + " " + chunk.substring(i))).as("more at %d", i).isNull();
            }
            if (i < chunk.length() && !(inside && i < BEFORE.length() + 5)) {
                assertThat(match(chunk.substring(0, i) + chunk.substring(i + 1))).as("less at %d", i).isNull();
            }
            assertThat(match(chunk.substring(0, i))).as("cut at %d", i).isEqualTo(i == chunk.length() ? "Hello" : null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "\\u00e4", "\\q", "a\nb", "\u0000", "\uFFFD", "\\", "a\"" })
    void aTextThatOnlyAParserCanJudgeDoesNotMatch(String text) {
        keep("Hello");

        assertThat(match(BEFORE + text + AFTER)).isNull();
    }

    @Test
    void bytesThatAreNotUtf8DoNotMatch() {
        keep("Hello");

        for (byte[] malformed : new byte[][] { { (byte) 0xC3 }, { (byte) 0xFF, 'a' }, { (byte) 0xED, (byte) 0xA0, (byte) 0x80 },
                { (byte) 0xC0, (byte) 0x80 } }) {
            byte[] chunk = (BEFORE + "a".repeat(malformed.length) + AFTER).getBytes(UTF_8);
            System.arraycopy(malformed, 0, chunk, BEFORE.length(), malformed.length);
            assertThat(match(chunk)).isNull();
        }
    }

    @Test
    void aPaddingMayVaryAsWell() {
        keepPadded("Hello", "x8Kq");

        assertThat(match(BEFORE + "!" + PADDED + "77AbC3" + "\"}")).isEqualTo("!");
        assertThat(match(BEFORE + "!" + PADDED + "\"}")).isEqualTo("!");
        assertThat(match(BEFORE + "!" + PADDED + "7\",\"error\":\"\"}")).isNull();
        assertThat(match(BEFORE + "!" + PADDED + "7\\q" + "\"}")).isNull();
        assertThat(match(BEFORE + "!" + PADDED + "ü" + "\"}")).isNull();
        assertThat(match(BEFORE + "!" + AFTER)).isNull();
    }

    @Test
    void ofTwoTextsNoneIsTaken() {
        template.clear();
        template.text(1);
        template.text(5);
        keepBytes("{\"a\":\"b\"}");

        assertThat(match("{\"a\":\"b\"}")).isNull();
    }

    @Test
    void whatIsParsedNextEndsATemplate() {
        keep("Hello");
        template.clear();

        assertThat(match(BEFORE + "Hello" + AFTER)).isNull();
    }

    private void keepNumbered(String number, String text) {
        template.clear();
        template.number("{\"n\":".length());
        template.text(("{\"n\":" + number + ",\"t\":").length());
        keepBytes("{\"n\":" + number + ",\"t\":\"" + text + "\"}");
    }

    @Test
    void aNumberMayVaryAndIsTold() {
        keepNumbered("9", "Hello");

        assertThat(match("{\"n\":10,\"t\":\"!\"}")).isEqualTo("!");
        assertThat(template.number()).isEqualTo(10);
        assertThat(match("{\"n\":0,\"t\":\"!\"}")).isEqualTo("!");
        assertThat(template.number()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "-1", "01", "1.5", "1e3", "\"1\"", "1234567890123456789", "null" })
    void aNumberThatOnlyAParserCanJudgeDoesNotMatch(String number) {
        keepNumbered("9", "Hello");

        assertThat(match("{\"n\":" + number + ",\"t\":\"!\"}")).isNull();
    }

    @Test
    void aNumberOfAnotherFormIsNotKept() {
        keepNumbered("-1", "Hello");

        assertThat(match("{\"n\":-1,\"t\":\"Hello\"}")).isNull();
    }
}
