package io.quarkiverse.llm.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The programs of this test are shell scripts")
class BrowserToolsTest {

    @TempDir
    Path folder;

    @Test
    void theToolsAreFoundOnThePath() throws IOException {
        Path chromium = program("chromium", "");
        Path node = program("node", "echo v22.1.0");

        assertThat(find(Map.of())).isEqualTo(new BrowserTools(chromium, Optional.of(node)));
    }

    @Test
    void aToolElsewhereIsNamedByAVariable() throws IOException {
        program("chromium", "");
        program("node", "echo v22.1.0");
        Path other = program("chromium-beta", "");

        assertThat(find(Map.of("CHROMIUM", other.toString())).chromium()).isEqualTo(other);
    }

    @Test
    void withoutChromiumADeveloperSkipsTheTests() {
        assertThatThrownBy(() -> find(Map.of())).isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("Debian's package chromium");
    }

    @Test
    void withoutChromiumTheContinuousBuildFails() {
        assertThatThrownBy(() -> find(Map.of("CI", "true"))).isInstanceOf(AssertionError.class)
                .hasMessageContaining("Debian's package chromium");
    }

    @Test
    void anOldNodeIsAsGoodAsNone() throws IOException {
        program("chromium", "");
        program("node", "echo v18.20.4");

        assertThatThrownBy(() -> find(Map.of())).isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("Node.js 20 or later").hasMessageContaining("-Pbundled-node");
        assertThatThrownBy(() -> find(Map.of("CI", "true"))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aBundledNodeNeedsNoOther() throws IOException {
        program("chromium", "");

        assertThat(BrowserTools.find(Map.of("PATH", folder.toString()), true).node()).isEmpty();
    }

    private BrowserTools find(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("PATH", folder.toString());
        return BrowserTools.find(environment, false);
    }

    private Path program(String name, String line) throws IOException {
        Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + line + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }
}
