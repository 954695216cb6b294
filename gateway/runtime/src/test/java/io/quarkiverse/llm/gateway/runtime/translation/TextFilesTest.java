package io.quarkiverse.llm.gateway.runtime.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.Content;

class TextFilesTest {

    private static Optional<String> read(String name, String data) {
        return TextFiles.read(new Content.File(Optional.of("file_1"), Optional.ofNullable(data), Optional.empty(),
                Optional.ofNullable(name)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.txt|data:text/plain;base64,aGk=
            |data:text/csv;charset=utf-8;base64,aGk=
            |data:application/json;base64,aGk=
            |data:application/vnd.api+json;base64,aGk=
            |data:application/rss+xml;base64,aGk=
            Main.java|data:application/octet-stream;base64,aGk=
            MAIN.PY|data:;base64,aGk=
            a.md|aGk=
            a.md|data:text/markdown,hi
            |data:text/plain,%68%69
            |DATA:TEXT/PLAIN;BASE64,aGk=
            """)
    void text_is_told_by_its_type_or_its_name(String name, String data) {
        assertThat(read(name, data)).contains("hi");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.pdf|data:application/pdf;base64,aGk=
            a.txt|data:image/png;base64,aGk=
            a|data:application/octet-stream;base64,aGk=
            a.pdf|aGk=
            a.txt|data:text/plain;base64,/////w==
            a.txt|data:text/plain
            a.txt|
            """)
    void what_is_no_text_is_not_told(String name, String data) {
        assertThat(read(name, data)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.md|# Not base64!
            a.csv|1,2
            """)
    void text_that_is_sent_as_it_is_is_told_as_it_is(String name, String data) {
        assertThat(read(name, data)).contains(data);
    }
}
