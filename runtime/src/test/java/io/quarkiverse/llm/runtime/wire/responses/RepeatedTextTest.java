package io.quarkiverse.llm.runtime.wire.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepeatedTextTest {

    private static final String LONG = "The sky is blue because molecules scatter short waves more than long ones.";

    private final RepeatedText repeated = new RepeatedText();

    private String after(String kept, String json) {
        byte[] data = ("{" + kept).getBytes(UTF_8);
        repeated.keep("it", data, 1, data.length);
        return repeated.match((":" + json).getBytes(UTF_8), 1);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    @Test
    void the_same_bytes_are_the_same_string() {
        assertThat(after(quoted(LONG), quoted(LONG) + ",\"more\":1}")).isEqualTo("it");
    }

    @Test
    void a_longer_string_is_another() {
        assertThat(after(quoted(LONG), quoted(LONG + "!"))).isNull();
        assertThat(after(quoted(LONG), quoted(LONG + "\\\""))).isNull();
    }

    @Test
    void a_string_that_is_cut_is_another() {
        assertThat(after(quoted(LONG), '"' + LONG)).isNull();
        assertThat(after(quoted(LONG), quoted(LONG.substring(1)))).isNull();
    }

    @Test
    void a_short_string_is_not_kept() {
        assertThat(after(quoted("sky"), quoted("sky"))).isNull();
    }

    @Test
    void before_the_first_none_is_the_same() {
        assertThat(repeated.match(quoted(LONG).getBytes(UTF_8), 0)).isNull();
    }
}
