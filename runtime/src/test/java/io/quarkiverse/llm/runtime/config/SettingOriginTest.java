package io.quarkiverse.llm.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class SettingOriginTest {

    @TempDir
    Path directory;

    @Test
    void aFileIsNamedWithTheLine() throws Exception {
        Path file = Files.writeString(directory.resolve("application.properties"), "# servers\nquarkus.llm.model=one\n");
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(file.toUri().toURL(), 250)).build();

        assertThat(origin(config, "quarkus.llm.model")).isEqualTo("application.properties:2");
    }

    @Test
    void anEnvironmentVariableIsNamed() {
        SmallRyeConfig config = Configuration.ofEnvironment(Map.of("QUARKUS_LLM_LOCAL_API_KEY", "k")).config();

        assertThat(origin(config, "quarkus.llm.local.api-key"))
                .isEqualTo("environment variable QUARKUS_LLM_LOCAL_API_KEY");
    }

    @Test
    void aSystemPropertyIsNamed() {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addSystemSources().build();

        assertThat(origin(config, "java.version")).isEqualTo("system property java.version");
    }

    @Test
    void defaultsOfTheMappingAreToldFromWhatIsSet() {
        SmallRyeConfig config = ConfigCopy.of(Configuration.of(Map.of("quarkus.llm.local.base-url", "http://host")).config(),
                getClass().getClassLoader());

        assertThat(origin(config, "quarkus.llm.local.wire-api")).isEqualTo("default value");
        assertThat(config.getConfigValue("quarkus.llm.local.wire-api").getValue()).isEqualTo("auto");
        assertThat(origin(config, "quarkus.llm.wire-api")).isEqualTo("default value");
    }

    private static String origin(SmallRyeConfig config, String key) {
        return SettingOrigin.of(config.getConfigValue(key));
    }
}
