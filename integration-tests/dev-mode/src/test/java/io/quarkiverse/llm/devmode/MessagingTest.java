package io.quarkiverse.llm.devmode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkus.test.QuarkusDevModeTest;

/** A remote provider and its worker in dev mode, with no broker anywhere. */
class MessagingTest {

    private static final ScriptedServer ONE = ScriptedServer.start(request -> Answer.text("one"));
    private static final ScriptedServer TWO = ScriptedServer.start(request -> Answer.text("two"));
    private static final Browser BROWSER = new Browser();
    private static final String SETTINGS = """
            quarkus.http.port=%d
            quarkus.llm.one.base-url=%s
            quarkus.llm.one.model=a
            quarkus.llm.two.base-url=%s
            quarkus.llm.two.model=a
            quarkus.llm-messaging.workers.pool.provider=one
            quarkus.llm-messaging.workers.pool.concurrency=4
            quarkus.llm-messaging.remotes.pool.timeout=30s
            """.formatted(BROWSER.port(), ONE.baseUrl(), TWO.baseUrl());

    @RegisterExtension
    static final OneApplication APPLICATION = new OneApplication(new QuarkusDevModeTest()
            .withApplicationRoot(jar -> jar.addClass(PoolResource.class)
                    .addAsResource(new StringAsset(SETTINGS), "application.properties")));

    @BeforeEach
    void begin() {
        APPLICATION.devMode().modifyResourceFile("application.properties", content -> SETTINGS);
        assertThat(BROWSER.see("pool")).isEqualTo("one");
    }

    @AfterAll
    static void stop() {
        ONE.close();
        TWO.close();
    }

    private static void replace(String old, String replacement) {
        APPLICATION.devMode().modifyResourceFile("application.properties", content -> {
            assertThat(content).contains(old);
            return content.replace(old, replacement);
        });
    }

    @Test
    void theWorkerHasItsNewProviderWithTheNextRequest() {
        replace("pool.provider=one", "pool.provider=two");

        assertThat(BROWSER.see("pool")).isEqualTo("two");
    }

    @Test
    void aMistakeIsNamedAndMendedByTheNextChange() {
        replace("pool.concurrency=4", "pool.concurrency=0");
        assertThat(BROWSER.seeFailure())
                .contains("quarkus.llm-messaging.workers.pool.concurrency must be larger than 0, but is 0");

        replace("pool.concurrency=0", "pool.concurrency=8");
        assertThat(BROWSER.see("pool")).isEqualTo("one");
    }

    @Test
    void aChannelHasTheConnectorThatItIsGivenOnceThatIsThere() {
        replace("remotes.pool.timeout=30s\n",
                "remotes.pool.timeout=30s\nmp.messaging.outgoing.pool-responses.connector=pigeon\n");
        assertThat(BROWSER.seeFailure())
                .contains(
                        "mp.messaging.outgoing.pool-responses.connector is pigeon, but the application has no such connector");

        replace("pigeon", "smallrye-in-memory");
        assertThat(BROWSER.see("pool")).isEqualTo("one");
        await().atMost(Duration.ofSeconds(20)).until(() -> BROWSER.see("pool/responses").equals("1"));
    }
}
