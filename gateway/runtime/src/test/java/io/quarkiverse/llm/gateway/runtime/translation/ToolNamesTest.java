package io.quarkiverse.llm.gateway.runtime.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;

class ToolNamesTest {

    private static String name(String namespace, String name) {
        return ToolNames.of(new ToolKey(Optional.ofNullable(namespace), name));
    }

    @Test
    void a_legal_name_stays() {
        assertThat(name(null, "exec_command-2")).isEqualTo("exec_command-2");
        assertThat(name(null, "x".repeat(64))).isEqualTo("x".repeat(64));
    }

    @Test
    void a_namespace_leads_the_name() {
        assertThat(name("mcp__files", "read")).isEqualTo("mcp__files__read");
    }

    @Test
    void an_illegal_name_becomes_legal_and_is_told_apart_by_a_digest() {
        assertThat(name(null, "files.read")).matches("files_read_[0-9a-f]{8}").isNotEqualTo(name(null, "files/read"));
        assertThat(name(null, "")).matches("tool_[0-9a-f]{8}");
    }

    @Test
    void a_long_name_is_cut_and_told_apart_by_a_digest() {
        assertThat(name("n".repeat(40), "x".repeat(40))).hasSize(64).isNotEqualTo(name("n".repeat(40), "x".repeat(41)));
    }

    @Test
    void a_made_name_is_always_the_same() {
        assertThat(name(null, "files.read")).isEqualTo("files_read_ba20ec16");
    }
}
