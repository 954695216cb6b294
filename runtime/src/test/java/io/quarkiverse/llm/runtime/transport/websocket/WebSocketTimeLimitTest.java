package io.quarkiverse.llm.runtime.transport.websocket;

import static io.quarkiverse.llm.runtime.transport.RecordingListener.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTimeoutException.Limit;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.transport.RawServer;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Outcome;

/** How long things may take. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WebSocketTimeLimitTest {

    private static final Duration SHORT = Duration.ofMillis(150);

    private final SocketFixture fixture = new SocketFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static void assertLimit(Taker taker, Limit limit) {
        LlmTimeoutException failure = taker.awaitFailure(LlmTimeoutException.class);
        assertThat(failure.limit()).isEqualTo(limit);
        assertThat(failure.duration()).isEqualTo(SHORT);
        assertThat(failure).hasMessageContaining("quarkus.llm.test." + limit.key()).hasMessageContaining("150 ms");
        assertThat(taker.failures).hasSize(1);
    }

    private void assertClosed() {
        assertThat(fixture.server.takeRequest().awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void anUpgradeWithoutAnAnswer() {
        try (RawServer silent = new RawServer(fixture.vertx, (connection, data) -> {
        })) {
            assertLimit(fixture.ask(TestSettings.of(silent.baseUrl()).connect(SHORT)), Limit.CONNECT);
            await().atMost(AT_MOST).until(() -> fixture.server.connections().open() == 0);
        }
    }

    @Test
    void anUpgradeThatFailedLateGivesItsPlaceBack() {
        try (RawServer silent = new RawServer(fixture.vertx, (connection, data) -> {
        })) {
            WebSocketTransport transport = fixture
                    .transport(TestSettings.of(silent.baseUrl()).connect(SHORT).concurrency(1, 1));
            assertLimit(fixture.ask(transport), Limit.CONNECT);
            assertLimit(fixture.ask(transport), Limit.CONNECT);
        }
    }

    @Test
    void theFirstEvent() {
        fixture.server.enqueue(Answer.text("a").with(Fault.stallBeforeHead()));
        assertLimit(fixture.ask(fixture.settings().firstEvent(SHORT)), Limit.FIRST_EVENT);
        assertClosed();
    }

    @Test
    void whatIsOfNoAnswerIsNoFirstEvent() {
        fixture.server.enqueue(Answer.text("a").with(Fault.stallBeforeHead()));
        Taker taker = fixture.ask(fixture.settings().firstEvent(SHORT));
        fixture.server.takeRequest();
        fixture.server.webSockets().get(0).send("{\"type\":\"keepalive\"}");
        assertLimit(taker, Limit.FIRST_EVENT);
    }

    @Test
    void silence() {
        fixture.server.enqueue(Answer.text("a", "b").with(Fault.stallAfterEvents(2)));
        Taker taker = fixture.ask(fixture.settings().idle(SHORT));
        assertLimit(taker, Limit.IDLE);
        assertThat(taker.events()).hasSize(2);
        assertClosed();
    }

    @Test
    void theServersPingsAreNoSilence() {
        fixture.server.enqueue(Answer.text("a").with(Fault.stallAfterEvents(2)));
        Taker taker = fixture.ask(fixture.settings().idle(SHORT.multipliedBy(2)));
        await().atMost(AT_MOST).until(() -> taker.events().size() == 2);
        await().pollInterval(Duration.ofMillis(50)).during(SHORT.multipliedBy(4)).atMost(AT_MOST).until(() -> {
            fixture.server.webSockets().get(0).ping();
            return taker.failures.isEmpty();
        });
        assertThat(taker.awaitFailure(LlmTimeoutException.class).limit()).isEqualTo(Limit.IDLE);
    }

    @Test
    void theWholeExchange() {
        fixture.server.enqueue(Answer.text("a").pause(Duration.ofSeconds(20)));
        assertLimit(fixture.ask(fixture.settings().total(SHORT)), Limit.TOTAL);
        assertClosed();
    }

    @Test
    void aPausedExchangeIsNotSilent() {
        fixture.server.enqueue(Answer.text("a", "b").with(Fault.stallAfterEvents(2)));
        Taker taker = fixture.ask(fixture.settings().idle(SHORT)).awaiting("head");
        fixture.onLoop(taker.exchange::pause);
        await().during(SHORT.multipliedBy(3)).atMost(AT_MOST).until(() -> taker.failures.isEmpty());
        fixture.onLoop(taker.exchange::resume);
        assertLimit(taker, Limit.IDLE);
    }

    @Test
    void anExpectedEndComesAfterAMoment() {
        fixture.server.enqueue(Answer.text("a").with(Fault.stallAfterEvents(4)));
        Taker taker = fixture.ask(fixture.transport(fixture.settings()));
        await().atMost(AT_MOST).until(() -> taker.events().size() == 4);
        fixture.onLoop(() -> taker.exchange.expectEnd(true));
        assertThat(taker.awaitEnd()).endsWith("end").doesNotContain("failed");
        assertClosed();
    }
}
