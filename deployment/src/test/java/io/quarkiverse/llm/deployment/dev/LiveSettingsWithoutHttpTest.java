package io.quarkiverse.llm.deployment.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

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

/** Nothing scans for changes in this application, but the extension itself. */
class LiveSettingsWithoutHttpTest {

    private static final ScriptedServer SERVER = ScriptedServer.start(request -> Answer.text("yes"));

    private static final int CHANGES = 10;

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(jar -> jar.addClass(Asker.class).addAsResource(new StringAsset("""
                    quarkus.llm.base-url=%s
                    quarkus.llm.model=m0
                    greeting=hello
                    """.formatted(SERVER.baseUrl())), "application.properties"));

    private Question first;

    private record Question(String id, int count, String model) {

        static Question of(RecordedRequest request) {
            String[] words = request.json().getJsonArray("messages").getJsonObject(0).getString("content").split(" ");
            return new Question(words[0], Integer.parseInt(words[1]), request.json().getString("model"));
        }
    }

    @BeforeEach
    void awaitFirst() {
        SERVER.reset();
        first = awaitQuestion(question -> question.model().equals("m0"));
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static Question awaitQuestion(Predicate<Question> expected) {
        return await().pollInterval(Duration.ofMillis(5))
                .until(() -> SERVER.requests().stream().map(Question::of).filter(expected).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private static void change(UnaryOperator<String> change) {
        APPLICATION.modifyResourceFile("application.properties", change);
    }

    private static long polls() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals(SettingsPoll.THREAD))
                .count();
    }

    @Test
    void aChangeHoldsWithinAMomentAndTheBeanStays() {
        for (int i = 1; i <= CHANGES; i++) {
            String old = "model=m" + (i - 1);
            String model = "m" + i;
            SERVER.reset();
            change(content -> content.replace(old, "model=" + model));
            long written = System.nanoTime();
            Question changed = awaitQuestion(question -> question.model().equals(model));

            // a quarter of that on an idle machine
            assertThat(Duration.ofNanos(System.nanoTime() - written)).isLessThan(Duration.ofSeconds(1));
            assertThat(changed.id()).isEqualTo(first.id());
            assertThat(changed.count()).isGreaterThan(first.count());
        }
    }

    @Test
    void anotherKeyWaitsForTheScanThatTheUserAsksFor() throws Exception {
        change(content -> content.replace("hello", "welcome").replace("m0", "m1"));

        // what the key s does
        assertThat(DevConsoleManager.getHotReplacementContext().doScan(true)).isFalse();

        Question restarted = awaitQuestion(question -> question.model().equals("m1"));
        assertThat(restarted.id()).isNotEqualTo(first.id());
        assertThat(polls()).isEqualTo(1);
        change(content -> content.replace("m1", "m2"));
        assertThat(awaitQuestion(question -> question.model().equals("m2")).id()).isEqualTo(restarted.id());
    }
}
