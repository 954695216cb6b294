package io.quarkiverse.llm.runtime.config.preset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.runtime.config.value.NamedValue;

/** Keeps the documentation as the code is. */
class PresetTableTest {

    private static final String WRITE = "llm.docs.write";
    private static final Path PAGE = Path.of("../docs/modules/ROOT/pages/includes/presets.adoc");
    private static final Path GUIDE = Path.of("../docs/modules/ROOT/pages/servers-and-presets.adoc");

    @Test
    void theTableOfPresetsIsThatOfTheCode() throws IOException {
        String table = PresetTable.asciidoc();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, table);
        }

        assertThat(PAGE).as("write it again with: mvn -B test -pl runtime -am -Dtest=PresetTableTest "
                + "-Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE).hasContent(table);
    }

    @Test
    void theGuideNamesEveryQuirkAndEveryValue() throws IOException {
        String guide = Files.readString(GUIDE);

        for (Quirk<?> quirk : Quirk.ALL) {
            assertThat(guide).contains("|`" + quirk.member() + "`");
            if (Preset.GENERIC.quirks().get(quirk) instanceof Enum<?> value) {
                for (Object constant : value.getDeclaringClass().getEnumConstants()) {
                    assertThat(guide).as(quirk.member()).contains("`" + ((NamedValue) constant).configName() + "`");
                }
            }
        }
    }
}
