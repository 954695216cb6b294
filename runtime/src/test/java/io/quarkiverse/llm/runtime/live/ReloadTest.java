package io.quarkiverse.llm.runtime.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProviderChange;
import io.quarkiverse.llm.LlmProviderChange.Cause;
import io.quarkiverse.llm.LlmProviderUpdate;
import io.quarkiverse.llm.runtime.config.LlmRuntimeConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Files of the configuration that change while the application runs. */
class ReloadTest {

    private static final String BEFORE = """
            quarkus.llm.local.base-url=http://one
            quarkus.llm.local.model=small
            quarkus.llm.local.api-key=${secrets.key}
            """;

    @TempDir
    Path directory;
    private Path source;
    private LiveFixture live;

    @BeforeEach
    void start() throws IOException {
        start(BEFORE);
    }

    private void start(String content) throws IOException {
        source = Files.writeString(Files.createDirectories(directory.resolve("src")).resolve("application.properties"),
                content);
        Path copy = Files.writeString(Files.createDirectories(directory.resolve("classes")).resolve("application.properties"),
                content);
        Path elsewhere = Files.writeString(Files.createDirectories(directory.resolve("elsewhere"))
                .resolve("application.properties"), "quarkus.llm.local.temperature=0.5\n");
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(copy.toUri().toURL(), 250))
                .withSources(new PropertiesConfigSource(elsewhere.toUri().toURL(), 100))
                .withSources(new PropertiesConfigSource(Map.of("secrets.key", "k"), "others", 200))
                .withSources(new PropertiesConfigSource(Map.of("quarkus.llm.local.model", "small"), "Runtime Values", 0))
                .withMapping(LlmRuntimeConfig.class)
                .build();
        ClassLoader application = new URLClassLoader(new URL[] { copy.getParent().toUri().toURL() },
                getClass().getClassLoader());
        live = new LiveFixture(config, application, OverridesStore.NONE, (any, resolver) -> SettingsCheck.Finding.NOTHING);
    }

    private LiveProviders.Reload reload(String content) throws IOException {
        Files.writeString(source, content);
        return live.providers.reload(List.of(new RereadFile(source)), Runnable::run);
    }

    @Test
    void aChangedValueHolds() throws IOException {
        assertThat(reload(BEFORE.replace("small", "large"))).isEqualTo(LiveProviders.Reload.APPLIED);

        assertThat(live.inUse("local").model()).contains("large");
        assertThat(live.key("local")).contains("k");
        assertThat(live.changes)
                .containsExactly(new LlmProviderChange("local", Cause.RELOADED, new TreeSet<>(List.of("model"))));
    }

    @Test
    void anotherFileOfThatNameStaysAsItIs() throws IOException {
        reload(BEFORE.replace("small", "large"));

        assertThat(live.inUse("local").options().temperature()).contains(0.5);
        assertThat(live.changes.get(0).keys()).containsExactly("model");
    }

    @Test
    void anElementOfAListIsAChange() throws IOException {
        reload(BEFORE + "quarkus.llm.local.stop[0]=END\n");

        assertThat(live.inUse("local").options().stop()).containsExactly("END");
        assertThat(live.changes.get(0).keys()).containsExactly("stop[0]");
        assertThat(live.providers.settings("local").find("stop[0]")).isPresent();
    }

    @Test
    void observersAreToldAfterTheAnswer() throws IOException {
        Files.writeString(source, BEFORE.replace("small", "large"));
        List<Runnable> later = new ArrayList<>();

        live.providers.reload(List.of(new RereadFile(source)), later::add);
        assertThat(live.changes).isEmpty();

        later.forEach(Runnable::run);
        assertThat(live.changes).hasSize(1);
    }

    @Test
    void aDeletedKeyIsGone() throws IOException {
        reload(BEFORE.replace("quarkus.llm.local.model=small\n", ""));

        assertThat(live.inUse("local").model()).isEmpty();
    }

    @Test
    void nothingNewIsNoChange() throws IOException {
        assertThat(reload(BEFORE + "# a comment\n")).isEqualTo(LiveProviders.Reload.UNCHANGED);
    }

    @Test
    void aNewHostInTheFileHasTheKeyOfTheFile() throws IOException {
        reload(BEFORE.replace("http://one", "http://two"));

        assertThat(live.key("local")).contains("k");
    }

    @Test
    void whatWasChangedByHandStaysOnTop() throws IOException {
        live.providers.update("local", LlmProviderUpdate.model("mine"));

        reload(BEFORE.replace("small", "large"));
        assertThat(live.inUse("local").model()).contains("mine");

        live.providers.reset();
        assertThat(live.inUse("local").model()).contains("large");
    }

    @Test
    void aProviderThatComesOrGoesIsLeftToTheRestart() throws IOException {
        assertThat(reload(BEFORE + "quarkus.llm.base-url=http://default\n")).isEqualTo(LiveProviders.Reload.OTHER_PROVIDERS);
        assertThat(live.providers.find(LlmClient.DEFAULT)).isEmpty();

        assertThat(reload("")).isEqualTo(LiveProviders.Reload.OTHER_PROVIDERS);
        assertThat(reload(BEFORE + "quarkus.llm.active=local\n")).isEqualTo(LiveProviders.Reload.OTHER_PROVIDERS);
        assertThat(live.inUse("local").model()).contains("small");
    }

    @Test
    void whatIsWrongIsRefusedUntilItIsMended() throws IOException {
        start(BEFORE + "quarkus.llm.active=local\n");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> reload(BEFORE + "quarkus.llm.local.wire-api=telegraph\n"))
                .withMessageContaining("is no wire API");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> reload(BEFORE + "quarkus.llm.active=lcoal\n"))
                .withMessage("quarkus.llm.active is 'lcoal', which is no configured provider; did you mean 'local'?");
        assertThat(live.inUse("local").model()).contains("small");
        assertThat(live.changes).isEmpty();

        assertThatNoException()
                .isThrownBy(() -> reload(BEFORE.replace("small", "large") + "quarkus.llm.active=local\n"));
        assertThat(live.inUse("local").model()).contains("large");
    }

    @Test
    void aFileThatWasDeletedIsRefused() throws IOException {
        Files.delete(source);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> live.providers.reload(List.of(new RereadFile(source)), Runnable::run))
                .withMessageStartingWith(source + " cannot be read");
    }
}
