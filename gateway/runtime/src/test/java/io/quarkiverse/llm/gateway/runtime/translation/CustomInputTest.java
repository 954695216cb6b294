package io.quarkiverse.llm.gateway.runtime.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.json.JsonObject;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Reads the input of custom tools out of the arguments of functions. */
class CustomInputTest {

    /** What is told for each piece. */
    private static List<String> told(String... pieces) {
        CustomInput reader = new CustomInput();
        List<String> told = new ArrayList<>();
        for (String piece : pieces) {
            told.add(reader.read(piece));
        }
        return told;
    }

    @Test
    void the_text_is_told_as_it_comes() {
        assertThat(told("{\"in", "put\": \"", "*** Begin", " Patch\\", "n+a\"", "}"))
                .containsExactly("", "", "*** Begin", " Patch", "\n+a", "");
    }

    @Test
    void escapes_are_decoded() {
        assertThat(CustomInput.of("{\"input\":\"a\\\"b\\\\c\\/d\\n\\t\\r\\b\\f\\u00e9\"}"))
                .isEqualTo("a\"b\\c/d\n\t\r\b\f\u00e9");
    }

    @Test
    void an_escape_may_be_cut_anywhere() {
        assertThat(told("{\"input\":\"\\", "u0", "0e", "9x\"}")).containsExactly("", "", "", "\u00e9x");
    }

    @Test
    void halves_of_a_surrogate_pair_are_told_together() {
        assertThat(told("{\"input\":\"\\ud83d", "\\ude00\"}")).containsExactly("", "\uD83D\uDE00");
        assertThat(told("{\"input\":\"\uD83D", "\uDE00\"}")).containsExactly("", "\uD83D\uDE00");
    }

    @Test
    void a_half_without_the_other_becomes_a_replacement_character() {
        assertThat(CustomInput.of("{\"input\":\"a\\ud83db\"}")).isEqualTo("a\uFFFDb");
        assertThat(CustomInput.of("{\"input\":\"\\ude00\"}")).isEqualTo("\uFFFD");
        assertThat(CustomInput.of("{\"input\":\"a\\ud83d\"}")).isEqualTo("a\uFFFD");
    }

    @Test
    void white_space_and_other_keys_do_not_matter() {
        assertThat(CustomInput
                .of(" {\n \"why\" : {\"input\":\"no\",\"x\":[\"}\",1]}, \"n\":null,\"s\":\"\\\"\", \"input\" :\t\"yes\" } "))
                .isEqualTo("yes");
        assertThat(CustomInput.of("{\"input\":\"yes\",\"input\":\"again\",\"other\":1}")).isEqualTo("yes");
        assertThat(CustomInput.of("{\"\\u0069nput\":\"yes\"}")).isEqualTo("yes");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "*** Begin Patch\n*** End Patch", " \"text\"", "{}", "{\"other\":\"x\"}", "{\"input\":5}",
            "{\"input\":{\"input\":\"x\"}}", "[\"input\"]", "{\"a\":1 \"input\"", "{\"Input\":\"x\"}", "{\"input\"" })
    void arguments_that_are_no_such_object_are_the_input(String arguments) {
        assertThat(CustomInput.of(arguments)).isEqualTo(arguments);
    }

    @Test
    void a_cut_text_is_the_input_as_far_as_it_came() {
        assertThat(CustomInput.of("{\"input\":\"abc\\")).isEqualTo("abc");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab\"\\{}:, \n\u00e9\uD83D\uDE00\u0001").ofMaxLength(30);
    }

    @Property(tries = 2000)
    void what_was_written_is_read_however_it_is_cut(@ForAll("texts") String text,
            @ForAll @IntRange(min = 1, max = 7) int size) {
        String wellFormed = CustomInput.of(CustomTool.arguments(text));
        String arguments = new JsonObject().put("other", text).put("input", wellFormed).encode();
        CustomInput reader = new CustomInput();
        StringBuilder told = new StringBuilder();
        for (int i = 0; i < arguments.length(); i += size) {
            told.append(reader.read(arguments.substring(i, Math.min(arguments.length(), i + size))));
        }
        assertThat(told.toString()).isEqualTo(wellFormed);
        assertThat(reader.finish()).isEqualTo(wellFormed);
        assertThat(wellFormed).hasSameSizeAs(text);
    }

    @Property(tries = 2000)
    void any_arguments_are_read_the_same_however_they_are_cut(@ForAll("texts") String arguments,
            @ForAll @IntRange(min = 1, max = 7) int size) {
        String whole = CustomInput.of(arguments);
        CustomInput reader = new CustomInput();
        StringBuilder told = new StringBuilder();
        for (int i = 0; i < arguments.length(); i += size) {
            told.append(reader.read(arguments.substring(i, Math.min(arguments.length(), i + size))));
        }
        assertThat(reader.finish()).isEqualTo(whole).startsWith(told);
    }
}
