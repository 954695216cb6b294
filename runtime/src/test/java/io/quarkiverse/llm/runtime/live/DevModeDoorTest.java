package io.quarkiverse.llm.runtime.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProviderUpdate;
import io.quarkiverse.llm.runtime.config.Configuration;
import io.quarkus.dev.console.DevConsoleManager;
import io.quarkus.runtime.ShutdownContext;

/** What the development mode's console asks of the application. */
class DevModeDoorTest {

    private static final Map<String, String> TWO = Map.of(
            "quarkus.llm.local.base-url", "http://localhost:8080",
            "quarkus.llm.local.model", "small",
            "quarkus.llm.local.api-key", "secret",
            "quarkus.llm.cloud.base-url", "http://cloud.example.com/v1",
            "quarkus.llm.active", "local");

    private final List<Runnable> atTheEnd = new ArrayList<>();
    private final ShutdownContext application = new ShutdownContext() {

        @Override
        public void addShutdownTask(Runnable task) {
            atTheEnd.add(task);
        }

        @Override
        public void addLastShutdownTask(Runnable task) {
            atTheEnd.add(task);
        }
    };

    private LiveFixture start() {
        LiveFixture live = new LiveFixture(TWO, new DevModeOverrides(), (config, resolver) -> SettingsCheck.Finding.NOTHING,
                "mine");
        DevModeDoor.open(live.providers, Runnable::run, application);
        return live;
    }

    @AfterEach
    void forget() {
        new DevModeOverrides().save(Overrides.NONE);
        atTheEnd.forEach(Runnable::run);
    }

    private static List<String> console(String command, String... params) {
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < params.length; i += 2) {
            named.put(params[i], params[i + 1]);
        }
        return DevConsoleManager.invoke("io.quarkiverse.llm." + command, named);
    }

    @Test
    void theListShowsWhatStandsBehindTheDefault() {
        start();

        assertThat(console("list")).containsExactly(
                "  default  is local",
                "  cloud    http://cloud.example.com:80/v1",
                "* local    http://localhost:8080/v1        small",
                "  mine     a bean of the application");
        assertThat(console("names")).containsExactly("default", "cloud", "local", "mine");
    }

    @Test
    void useSwitchesAndShowsTheList() {
        LiveFixture live = start();

        assertThat(console("use", "name", "cloud")).contains("  default  is cloud",
                "* cloud    http://cloud.example.com:80/v1");
        assertThat(live.providers.active()).contains("cloud");
    }

    @Test
    void setChangesASettingUntilReset() {
        LiveFixture live = start();

        assertThat(console("set", "name", "local", "key", "model", "value", "large"))
                .contains("* local    http://localhost:8080/v1        large  changed: model");
        assertThat(console("reset", "name", "local")).contains("* local    http://localhost:8080/v1        small");
        assertThat(live.inUse("local").model()).contains("small");
    }

    @Test
    void showHasEachSettingWithItsSourceAndNoSecret() {
        start();

        assertThat(console("show", "name", "local"))
                .anyMatch(line -> line.matches("model +small +application.properties"))
                .anyMatch(line -> line.matches("api-key +\\*\\*\\* +application.properties"))
                .noneMatch(line -> line.contains("secret"));
        assertThat(console("show", "name", "mine")).containsExactly("mine is a bean of the application.");
    }

    @Test
    void whatIsWrongIsSaidInTheAnswer() {
        start();

        assertThat(console("use", "name", "lcoal"))
                .containsExactly("There is no provider 'lcoal'; did you mean 'local'?");
        assertThat(console("set", "name", "local", "key", "modle", "value", "x"))
                .containsExactly("There is no setting quarkus.llm.local.modle; did you mean 'model'?");
    }

    @Test
    void whatWasChangedOutlivesARestartUntilItIsReset() {
        start().providers.update("local", LlmProviderUpdate.model("large"));
        console("use", "name", "cloud");
        atTheEnd.forEach(Runnable::run);
        assertThat(console("list")).isNull();

        LiveFixture again = start();
        assertThat(again.inUse("local").model()).contains("large");
        assertThat(again.providers.active()).contains("cloud");
        console("reset");

        assertThat(start().inUse("local").model()).contains("small");
    }

    @Test
    void nobodyIsToldOfWhatHeldBeforeTheRestart() {
        start().providers.update("local", LlmProviderUpdate.model("large"));

        assertThat(start().changes).isEmpty();
    }

    @Test
    void theApplicationsCodeRunsWithItsOwnClassLoader() {
        ClassLoader application = new URLClassLoader(new URL[0], getClass().getClassLoader());
        List<ClassLoader> seen = new ArrayList<>();
        Thread.currentThread().setContextClassLoader(application);
        LiveFixture live = new LiveFixture(Configuration.of(TWO).config(), OverridesStore.NONE, (config, resolver) -> {
            seen.add(Thread.currentThread().getContextClassLoader());
            return SettingsCheck.Finding.NOTHING;
        });
        DevModeDoor.open(live.providers, Runnable::run, this.application);
        Thread.currentThread().setContextClassLoader(getClass().getClassLoader());

        console("use", "name", "cloud");

        assertThat(seen).containsExactly(application);
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(getClass().getClassLoader());
    }

    @Test
    void whatDoesNotHoldAnyMoreIsLeftOut() {
        start().providers.update("local", LlmProviderUpdate.model("large"));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("gone"));
        DevConsoleManager.setGlobal("io.quarkiverse.llm.overrides", rows);

        LiveFixture again = start();

        assertThat(again.providers.active()).contains("local");
        assertThat(again.providers.find(LlmClient.DEFAULT)).isPresent();
    }

    @Test
    void aReloadAnswersWhatBecameOfIt() {
        start();

        Map<String, String> answer = DevConsoleManager.invoke("io.quarkiverse.llm.reload",
                Map.of("files", "/nowhere/a.properties"));

        assertThat(answer).containsEntry("outcome", "unchanged");
    }
}
