package io.quarkiverse.llm.deployment.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFilesTest {

    @TempDir
    Path directory;

    private Path main;
    private Path dev;

    @BeforeEach
    void files() throws IOException {
        main = Files.writeString(directory.resolve("application.properties"), "a=1\nb=2\n");
        dev = directory.resolve("application-dev.properties");
    }

    private SettingsFiles read() throws IOException {
        return SettingsFiles.read(List.of(main, dev));
    }

    @Test
    void keysAreDifferentThatAreChangedOrAddedOrDeleted() throws IOException {
        SettingsFiles before = read();
        Files.writeString(main, "a=3\n%dev.c=4\n");

        assertThat(before.differences(read())).hasValueSatisfying(keys -> assertThat(keys).containsExactly("a", "b", "c"));
    }

    @Test
    void commentsAndOrderMakeNoDifference() throws IOException {
        SettingsFiles before = read();
        Files.writeString(main, "# a comment\nb = 2\na: 1");

        assertThat(before.differences(read())).hasValueSatisfying(keys -> assertThat(keys).isEmpty());
        assertThat(read()).isEqualTo(before);
    }

    @Test
    void aValueThatMovesToAnotherProfileIsADifference() throws IOException {
        SettingsFiles before = read();
        Files.writeString(main, "%dev.a=1\nb=2\n");

        assertThat(before.differences(read())).hasValueSatisfying(keys -> assertThat(keys).containsExactly("a"));
    }

    @Test
    void aFileThatAppearsOrVanishesCannotBeCompared() throws IOException {
        SettingsFiles before = read();
        Files.writeString(dev, "a=1\n");

        assertThat(before.differences(read())).isEmpty();
        assertThat(read().differences(before)).isEmpty();
    }

    @Test
    void aFileThatIsNoPropertiesFileIsToldByItsName() throws IOException {
        Files.writeString(main, "a=\\u00zz\n");

        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("application.properties");
    }
}
