package io.quarkiverse.llm.deployment.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.SettingNames;
import io.quarkus.dev.console.DevConsoleManager;

class SettingsWatchTest {

    private static final Path FILE = Path.of("application.properties").toAbsolutePath();
    private static final LiveRules RULES = new LiveRules(
            new LiveKeys(SettingNames.ofMappings(), Set.of(LlmClient.DEFAULT)),
            new StandIn(List.of("quarkus.llm.base-url"), false, false, Set.of("dev")));

    private final List<String> reloads = new ArrayList<>();
    private final SettingsWatch watch = new SettingsWatch(new Application(), RULES, model("a"));

    private static SettingsFiles model(String model) {
        return file(Map.of("quarkus.llm.model", model));
    }

    private static SettingsFiles file(Map<String, String> content) {
        return new SettingsFiles(Map.of(FILE, content));
    }

    @BeforeEach
    @AfterEach
    void noApplication() {
        DevConsoleManager.close();
    }

    private void applicationSays(String outcome) {
        DevConsoleManager.register("io.quarkiverse.llm.reload", parameters -> {
            reloads.add(parameters.get("files"));
            return Map.of("outcome", outcome);
        });
    }

    @Test
    void aLiveChangeIsHandedToTheApplicationOnce() {
        applicationSays("applied");

        assertThat(watch.needsRestart(model("b"))).isFalse();
        assertThat(watch.needsRestart(model("b"))).isFalse();
        assertThat(reloads).containsExactly(FILE.toString());
    }

    @Test
    void aChangeBackIsAChange() {
        applicationSays("applied");

        watch.needsRestart(model("b"));
        assertThat(watch.needsRestart(model("a"))).isFalse();
        assertThat(reloads).hasSize(2);
    }

    @Test
    void aForeignKeyNeedsARestartAndNothingIsApplied() {
        applicationSays("applied");

        assertThat(watch.needsRestart(file(Map.of("quarkus.llm.model", "b", "greeting", "hello")))).isTrue();
        assertThat(reloads).isEmpty();
    }

    @Test
    void aForeignChangeThatIsTakenBackNeedsNoRestart() {
        watch.needsRestart(file(Map.of("quarkus.llm.model", "a", "greeting", "hello")));

        assertThat(watch.needsRestart(model("a"))).isFalse();
    }

    @Test
    void aFileThatVanishesNeedsARestart() {
        applicationSays("applied");

        assertThat(watch.needsRestart(new SettingsFiles(Map.of()))).isTrue();
        assertThat(reloads).isEmpty();
    }

    @Test
    void filesOfSeveralModulesNeedARestart() {
        SettingsFiles before = modules("a");
        watch.begin(RULES, before);
        applicationSays("applied");

        assertThat(watch.needsRestart(modules("b"))).isTrue();
        assertThat(reloads).isEmpty();
    }

    private static SettingsFiles modules(String model) {
        return new SettingsFiles(Map.of(FILE, Map.of("quarkus.llm.model", model),
                FILE.resolveSibling("library").resolve("application.properties"), Map.of()));
    }

    @Test
    void refusedSettingsAreNotTriedAgain() {
        applicationSays("refused");

        assertThat(watch.needsRestart(model("wrong"))).isFalse();
        assertThat(watch.needsRestart(model("wrong"))).isFalse();
        assertThat(reloads).hasSize(1);
    }

    @Test
    void afterRefusedSettingsTheOldOnesNeedNothing() {
        applicationSays("refused");

        watch.needsRestart(model("wrong"));
        assertThat(watch.needsRestart(model("a"))).isFalse();
        assertThat(reloads).hasSize(1);
    }

    @Test
    void afterRefusedSettingsMendedOnesAreApplied() {
        applicationSays("refused");
        watch.needsRestart(model("wrong"));
        applicationSays("applied");

        assertThat(watch.needsRestart(model("b"))).isFalse();
        assertThat(reloads).hasSize(2);
    }

    @Test
    void theApplicationMayAskForARestart() {
        applicationSays("restart");

        assertThat(watch.needsRestart(model("b"))).isTrue();
        assertThat(watch.needsRestart(model("b"))).isTrue();
        assertThat(watch.isWaiting()).isFalse();
        assertThat(reloads).hasSize(1);
    }

    @Test
    void aChangeWaitsForAnApplicationThatStarts() {
        assertThat(watch.needsRestart(model("b"))).isTrue();
        assertThat(watch.isWaiting()).isTrue();

        applicationSays("applied");
        assertThat(watch.needsRestart(model("b"))).isFalse();
        assertThat(watch.isWaiting()).isFalse();
    }

    @Test
    void anApplicationThatFailsToAnswerIsOneThatDoesNotRun() {
        DevConsoleManager.register("io.quarkiverse.llm.reload", parameters -> {
            throw new IllegalStateException("closed");
        });

        assertThat(watch.needsRestart(model("b"))).isTrue();
        assertThat(watch.isWaiting()).isTrue();
    }

    @Test
    void aNewStartIsWhatLaterChangesAreComparedWith() {
        watch.begin(RULES, file(Map.of("quarkus.llm.model", "b", "greeting", "hello")));
        applicationSays("applied");

        assertThat(watch.needsRestart(file(Map.of("quarkus.llm.model", "c", "greeting", "hello")))).isFalse();
        assertThat(reloads).hasSize(1);
    }
}
