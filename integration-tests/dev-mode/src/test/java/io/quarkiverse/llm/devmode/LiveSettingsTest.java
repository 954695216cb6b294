package io.quarkiverse.llm.devmode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.logging.LogRecord;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkus.dev.console.DevConsoleManager;
import io.quarkus.test.QuarkusDevModeTest;

class LiveSettingsTest {

    private static final ScriptedServer ONE = ScriptedServer.start(request -> Answer.text("one " + model(request)));
    private static final ScriptedServer TWO = ScriptedServer.start(request -> Answer.text("two " + model(request)));
    private static final Browser BROWSER = new Browser();

    private static final String MAIN = "application.properties";
    private static final String PROFILE = "application-dev.properties";

    private static final String SETTINGS = """
            quarkus.http.port=%d
            quarkus.log.category."org.testcontainers".level=OFF
            greeting=hello
            quarkus.llm.base-url=%s
            quarkus.llm.model=a
            quarkus.llm.temperature=0.5
            quarkus.llm.other.base-url=%s
            quarkus.llm.other.model=o
            """.formatted(BROWSER.port(), ONE.baseUrl(), TWO.baseUrl());
    private static final String PROFILE_SETTINGS = "quarkus.llm.top-p=0.1\n";

    private static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(jar -> jar
                    .addClasses(AskResource.class, Observer.class)
                    .addAsResource(new StringAsset(SETTINGS), MAIN)
                    .addAsResource(new StringAsset(PROFILE_SETTINGS), PROFILE))
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quark"));

    @RegisterExtension
    static final OneApplication ONE_APPLICATION = new OneApplication(APPLICATION);

    private Answered before;

    private static String model(RecordedRequest request) {
        return request.json().getString("model");
    }

    @BeforeEach
    void ask() {
        invoke("reset", Map.of());
        APPLICATION.modifyResourceFile(MAIN, content -> SETTINGS);
        APPLICATION.modifyResourceFile(PROFILE, content -> PROFILE_SETTINGS);
        BROWSER.ask();
        ONE.reset();
        TWO.reset();
        APPLICATION.clearLogRecords();
        before = BROWSER.ask();
        assertThat(before).extracting(Answered::greeting, Answered::text).containsExactly("hello", "one a");
    }

    @AfterAll
    static void stop() {
        ONE.close();
        TWO.close();
    }

    private static void replace(String old, String replacement) {
        replace(MAIN, old, replacement);
    }

    private static void replace(String file, String old, String replacement) {
        APPLICATION.modifyResourceFile(file, content -> {
            assertThat(content).contains(old);
            return content.replace(old, replacement);
        });
    }

    private static long restarts() {
        return APPLICATION.getLogRecords().stream().map(LogRecord::getMessage)
                .filter(message -> message.startsWith("Live reload total time")).count();
    }

    private static List<String> ourLog() {
        return APPLICATION.getLogRecords().stream()
                .filter(record -> record.getLoggerName().startsWith("io.quarkiverse.llm"))
                .map(record -> record.getMessage().formatted(record.getParameters() == null ? new Object[0]
                        : record.getParameters()))
                .toList();
    }

    private void assertNotRestarted(Answered now) {
        assertThat(now.id()).isEqualTo(before.id());
        assertThat(now.count()).isGreaterThan(before.count());
        assertThat(restarts()).isZero();
    }

    private void assertRestartedOnce(Answered now) {
        assertThat(now.id()).isNotEqualTo(before.id());
        assertThat(restarts()).isEqualTo(1);
    }

    @Test
    void aChangedSettingHoldsForTheNextRequestAndBeansStay() {
        replace("model=a", "model=b");
        long written = System.nanoTime();
        Answered now = BROWSER.ask();

        assertThat(Duration.ofNanos(System.nanoTime() - written)).isLessThan(Duration.ofSeconds(1));
        assertThat(now.text()).isEqualTo("one b");
        assertThat(now.count()).isEqualTo(before.count() + 1);
        assertNotRestarted(now);
        assertThat(ourLog()).contains("Changed without a restart: quarkus.llm.model");
    }

    @Test
    void aStreamInFlightFinishesOnTheOldServerWhileTheNextRequestGoesToTheNewOne() throws IOException {
        CompletableFuture<Void> released = new CompletableFuture<>();
        ONE.enqueue(Answer.text("Hel").pauseUntil(released).thenText("lo"));
        try (InputStream stream = BROWSER.stream()) {
            assertThat(new String(stream.readNBytes(3), UTF_8)).isEqualTo("Hel");

            replace("base-url=" + ONE.baseUrl(), "base-url=" + TWO.baseUrl());
            Answered now = BROWSER.ask();

            assertThat(now.text()).isEqualTo("two a");
            assertNotRestarted(now);
            released.complete(null);
            assertThat(new String(stream.readAllBytes(), UTF_8)).isEqualTo("lo");
        }
    }

    @Test
    void aDeletedKeyReturnsToItsDefault() {
        assertThat(ONE.takeRequest().json().getDouble("temperature")).isEqualTo(0.5);

        replace("quarkus.llm.temperature=0.5\n", "");
        Answered now = BROWSER.ask();

        assertThat(ONE.takeRequest().json().containsKey("temperature")).isFalse();
        assertNotRestarted(now);
    }

    @Test
    void theFileOfAProfileCounts() {
        assertThat(ONE.takeRequest().json().getDouble("top_p")).isEqualTo(0.1);

        replace(PROFILE, "top-p=0.1", "top-p=0.2");
        Answered now = BROWSER.ask();

        assertThat(ONE.takeRequest().json().getDouble("top_p")).isEqualTo(0.2);
        assertNotRestarted(now);
    }

    @Test
    void aFileThatVanishesOrAppearsRestarts() {
        APPLICATION.deleteResourceFile(PROFILE);
        Answered without = BROWSER.ask();
        assertRestartedOnce(without);
        assertThat(ONE.requests()).last().satisfies(request -> assertThat(request.json().containsKey("top_p")).isFalse());

        APPLICATION.addResourceFile(PROFILE, PROFILE_SETTINGS);
        BROWSER.ask();

        assertThat(restarts()).isEqualTo(2);
        assertThat(ONE.requests()).last().satisfies(request -> assertThat(request.json().getDouble("top_p")).isEqualTo(0.1));
    }

    @Test
    void aKeyWithAProfileCountsAndGoesBeforeTheOthers() {
        replace("quarkus.llm.model=a\n", "quarkus.llm.model=a\n%dev.quarkus.llm.model=d\n%prod,test.quarkus.llm.model=p\n");
        Answered now = BROWSER.ask();

        assertThat(now.text()).isEqualTo("one d");
        assertNotRestarted(now);
    }

    @Test
    void anotherKeyRestarts() {
        replace("greeting=hello", "greeting=welcome");
        Answered now = BROWSER.ask();

        assertThat(now.greeting()).isEqualTo("welcome");
        assertRestartedOnce(now);
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                .filteredOn("quarkus-llm-settings"::equals).hasSize(1);
    }

    @Test
    void aMixedChangeRestartsOnce() {
        APPLICATION.modifyResourceFile(MAIN, content -> content.replace("hello", "welcome").replace("model=a", "model=b"));
        Answered now = BROWSER.ask();

        assertThat(now.greeting()).isEqualTo("welcome");
        assertThat(now.text()).isEqualTo("one b");
        assertRestartedOnce(now);

        replace("model=b", "model=c");
        Answered later = BROWSER.ask();

        assertThat(later.text()).isEqualTo("one c");
        assertThat(later.id()).isEqualTo(now.id());
    }

    @Test
    void aChangeOfTheCodeAndASettingRestartsOnce() {
        APPLICATION.modifySourceFile(AskResource.class, code -> code.replace("+ answer", "+ \"new \" + answer"));
        replace("model=a", "model=b");
        Answered now = BROWSER.ask();

        await().untilAsserted(() -> assertThat(BROWSER.ask().text()).isEqualTo("new one b"));
        assertThat(now.id()).isNotEqualTo(before.id());
        assertThat(restarts()).isEqualTo(1);
        APPLICATION.modifySourceFile(AskResource.class, code -> code.replace("+ \"new \" + answer", "+ answer"));
    }

    @Test
    void aStartThatFailsIsMended() {
        APPLICATION.modifyResourceFile(MAIN, content -> content.replace("hello", "welcome") + "quarkus.llm.active=nobody\n");
        assertThatThrownBy(BROWSER::ask).hasMessageContaining("500");

        replace("quarkus.llm.active=nobody\n", "");
        Answered now = BROWSER.ask();

        assertThat(now.text()).isEqualTo("one a");
        assertThat(now.greeting()).isEqualTo("welcome");
    }

    @Test
    void wrongSettingsAreRefusedAndMendedWithoutARestart() {
        replace("temperature=0.5", "temperature=hot");
        Answered refused = BROWSER.ask();
        assertThat(refused.text()).isEqualTo("one a");
        assertNotRestarted(refused);
        assertThat(ourLog()).anySatisfy(line -> assertThat(line).contains("quarkus.llm.temperature"));

        replace("temperature=hot", "temperature=0.7");
        ONE.reset();
        Answered mended = BROWSER.ask();

        assertThat(ONE.takeRequest().json().getDouble("temperature")).isEqualTo(0.7);
        assertNotRestarted(mended);
    }

    @Test
    void aNewProviderRestarts() {
        replace("greeting=hello\n", "greeting=hello\nquarkus.llm.third.base-url=" + TWO.baseUrl() + "\n");
        Answered now = BROWSER.ask();

        assertRestartedOnce(now);
    }

    @Test
    void anotherProviderBecomesTheActiveOne() {
        replace("greeting=hello\n", "greeting=hello\nquarkus.llm.active=other\n");
        Answered other = BROWSER.ask();
        assertThat(other.text()).isEqualTo("two o");
        assertNotRestarted(other);

        replace("quarkus.llm.active=other\n", "");
        Answered back = BROWSER.ask();

        assertThat(back.text()).isEqualTo("one a");
        assertNotRestarted(back);
    }

    @Test
    void theSimulatedProviderBeginsAndEndsWithARestart() {
        replace("quarkus.llm.base-url=" + ONE.baseUrl() + "\n", "");
        Answered simulated = BROWSER.ask();
        assertThat(simulated.text()).contains("[simulated]");
        assertRestartedOnce(simulated);

        replace("greeting=hello\n", "greeting=hello\nquarkus.llm.base-url=" + TWO.baseUrl() + "\n");
        Answered real = BROWSER.ask();

        assertThat(real.text()).isEqualTo("two a");
        assertThat(restarts()).isEqualTo(2);
    }

    @Test
    void whatTheConsoleChangesSurvivesARestartUntilItIsReset() {
        invoke("set", Map.of("name", "default", "key", "model", "value", "x"));
        Answered changed = BROWSER.ask();
        assertThat(changed.text()).isEqualTo("one x");
        assertNotRestarted(changed);

        replace("greeting=hello", "greeting=welcome");
        Answered restarted = BROWSER.ask();
        assertThat(restarted.text()).isEqualTo("one x");
        assertRestartedOnce(restarted);
        assertThat(ourLog()).noneMatch(line -> line.contains("An observer of"));

        invoke("reset", Map.of());
        assertThat(BROWSER.ask().text()).isEqualTo("one a");
    }

    @Test
    void observersUseTheApplicationAsEver() {
        replace("model=a", "model=b");

        await().atMost(Duration.ofSeconds(20)).until(BROWSER::heard, heard -> heard.contains("[model] hello pong"));
        assertThat(ourLog()).noneMatch(line -> line.contains("An observer of"));
        assertNotRestarted(BROWSER.ask());
    }

    @Test
    void theConsoleListsTheProvidersAndSwitches() {
        assertThat(String.join("\n", invoke("list", Map.of()))).contains("other", ONE.baseUrl(), TWO.baseUrl());

        invoke("use", Map.of("name", "other"));

        Answered now = BROWSER.ask();
        assertThat(now.text()).isEqualTo("two o");
        assertNotRestarted(now);
    }

    private static List<String> invoke(String command, Map<String, String> parameters) {
        return DevConsoleManager.invoke("io.quarkiverse.llm." + command, parameters);
    }
}
