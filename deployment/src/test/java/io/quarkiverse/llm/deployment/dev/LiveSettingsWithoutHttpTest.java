package io.quarkiverse.llm.deployment.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkus.test.QuarkusDevModeTest;

/** Nothing scans for changes in this application, but the extension itself. */
class LiveSettingsWithoutHttpTest {

    private static final ScriptedServer SERVER = ScriptedServer.start(request -> Answer.text("yes"));

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(jar -> jar.addClass(Asker.class).addAsResource(new StringAsset("""
                    quarkus.llm.base-url=%s
                    quarkus.llm.model=m0
                    """.formatted(SERVER.baseUrl())), "application.properties"));

    private record Question(String id, int count, String model) {

        static Question of(RecordedRequest request) {
            String text = request.json().getJsonArray("messages").getJsonObject(0).getString("content");
            return new Question(text.split(" ")[0], Integer.parseInt(text.split(" ")[1]), request.json().getString("model"));
        }
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static Question awaitQuestion(Predicate<Question> expected) {
        return await().pollInterval(Duration.ofMillis(5))
                .until(() -> SERVER.requests().stream().map(Question::of).filter(expected).findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void aChangeIsAppliedWithinAMoment() {
        Question first = awaitQuestion(question -> true);
        long slowest = 0;
        for (int change = 1; change <= 10; change++) {
            String model = "m" + change;
            String before = "m" + (change - 1);
            APPLICATION.modifyResourceFile("application.properties", content -> content.replace(before, model));
            long written = System.nanoTime();
            Question changed = awaitQuestion(question -> question.model().equals(model));
            slowest = Math.max(slowest, System.nanoTime() - written);
            assertThat(changed.id()).isEqualTo(first.id());
            assertThat(changed.count()).isGreaterThan(first.count());
            SERVER.reset();
        }
        System.err.println("slowest " + slowest / 1_000_000 + " ms");
        // 250 ms on an idle machine
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(1));
    }
}
