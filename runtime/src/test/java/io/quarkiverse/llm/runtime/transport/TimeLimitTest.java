package io.quarkiverse.llm.runtime.transport;

import static io.quarkiverse.llm.runtime.transport.RecordingListener.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTimeoutException.Limit;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Framing;
import io.quarkiverse.llm.scripted.Outcome;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TimeLimitTest {

    private static final Duration SHORT = Duration.ofMillis(150);

    private final TransportFixture fixture = new TransportFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void assertLimit(RecordingListener listener, Limit limit) {
        LlmTimeoutException failure = listener.awaitFailure(LlmTimeoutException.class);
        assertThat(failure.limit()).isEqualTo(limit);
        assertThat(failure.duration()).isEqualTo(SHORT);
        assertThat(failure).hasMessageContaining("quarkus.llm.test." + limit.key()).hasMessageContaining("150 ms");
        assertThat(listener.failures).hasSize(1);
    }

    private void assertClosed() {
        assertThat(fixture.server.takeRequest(AT_MOST).awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void connecting() throws Exception {
        // a full backlog leaves further connections without an answer
        try (ServerSocket server = new ServerSocket(0, 1)) {
            List<Socket> backlog = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Socket socket = new Socket();
                backlog.add(socket);
                try {
                    socket.connect(server.getLocalSocketAddress(), 50);
                } catch (SocketTimeoutException full) {
                    break;
                }
            }
            assertLimit(fixture.stream(TestSettings.of("http://127.0.0.1:" + server.getLocalPort()).connect(SHORT)),
                    Limit.CONNECT);
            for (Socket socket : backlog) {
                socket.close();
            }
        }
    }

    @Test
    void waitingForRoom() {
        fixture.server.respond(request -> Answer.text("a").with(Fault.stallAfterEvents(1)));
        ProviderSettings settings = fixture.settings().concurrency(1, 1).acquire(SHORT).build();
        HttpTransport transport = fixture.transport(settings);
        fixture.open(transport, fixture.stream(settings), new RecordingListener());
        RecordingListener second = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), second);
        assertLimit(second, Limit.ACQUIRE);
    }

    @Test
    void firstEventWithoutHead() {
        fixture.server.enqueue(Answer.text("a").with(Fault.stallBeforeHead()));
        assertLimit(fixture.stream(fixture.settings().firstEvent(SHORT)), Limit.FIRST_EVENT);
        assertClosed();
    }

    @Test
    void firstEventAfterTheHead() {
        fixture.server.enqueue(Answer.text("a").with(Fault.stallAfterEvents(0)));
        assertLimit(fixture.stream(fixture.settings().firstEvent(SHORT)), Limit.FIRST_EVENT);
        assertClosed();
    }

    @Test
    void commentsAreNoFirstEvent() {
        fixture.server.enqueue(Answer.sse(": ping\n\n".repeat(100)).with(Fault.split(8), Fault.stallAfterBytes(790)));
        assertLimit(fixture.stream(fixture.settings().firstEvent(SHORT)), Limit.FIRST_EVENT);
    }

    @Test
    void silence() {
        fixture.server.enqueue(Answer.text("a", "b").with(Fault.stallAfterEvents(2)));
        RecordingListener listener = fixture.stream(fixture.settings().idle(SHORT));
        assertLimit(listener, Limit.IDLE);
        assertThat(listener.calls).hasSize(4);
        assertClosed();
    }

    @Test
    void slowStreamsAreNotSilent() {
        Answer answer = Answer.text("a");
        for (int i = 0; i < 10; i++) {
            answer = answer.pause(Duration.ofMillis(60)).thenText("b");
        }
        fixture.server.enqueue(answer);
        assertThat(fixture.stream(fixture.settings().firstEvent(Duration.ofMillis(400)).idle(Duration.ofMillis(400)))
                .awaitEnd()).endsWith("end");
    }

    @Test
    void theWholeExchange() {
        fixture.server.enqueue(Answer.text("a").pause(Duration.ofSeconds(20)));
        assertLimit(fixture.stream(fixture.settings().total(SHORT)), Limit.TOTAL);
        assertClosed();
    }

    @Test
    void onlyTheWholeIsLimitedWithoutAStream() {
        fixture.server.enqueue(Answer.text("a").with(Fault.stallBeforeHead()));
        Duration veryShort = Duration.ofMillis(10);
        assertLimit(fixture.whole(fixture.settings().firstEvent(veryShort).idle(veryShort).total(SHORT)), Limit.TOTAL);
    }

    @Test
    void aPausedStreamIsNotSilent() {
        fixture.server.enqueue(Answer.text("a", "b").with(Fault.stallAfterEvents(2)));
        ProviderSettings settings = fixture.settings().idle(SHORT).build();
        RecordingListener listener = new RecordingListener();
        Exchange exchange = fixture.open(fixture.transport(settings), fixture.stream(settings), listener);
        fixture.onLoop(exchange::pause);
        await().during(SHORT.multipliedBy(3)).atMost(AT_MOST).until(() -> listener.failures.isEmpty());
        fixture.onLoop(exchange::resume);
        assertLimit(listener, Limit.IDLE);
    }

    @Test
    void anExpectedEndComesAfterAMoment() {
        fixture.server.enqueue(Answer.text("a").with(Framing.FINISH_THEN_OPEN));
        ProviderSettings settings = fixture.settings().build();
        RecordingListener listener = new RecordingListener();
        Exchange exchange = fixture.open(fixture.transport(settings), fixture.stream(settings), listener);
        await().atMost(AT_MOST).until(() -> listener.calls.size() >= 3);
        fixture.onLoop(() -> exchange.expectEnd(true));
        assertThat(listener.awaitEnd()).endsWith("end").doesNotContain("failed");
        assertClosed();
    }

    @Test
    void anEndThatIsNoLongerExpectedDoesNotCome() {
        fixture.server.enqueue(Answer.text("a", "b").with(Fault.stallAfterEvents(2)));
        ProviderSettings settings = fixture.settings().idle(TimeLimit.QUIET_END.span().plusSeconds(1)).build();
        RecordingListener listener = new RecordingListener();
        Exchange exchange = fixture.open(fixture.transport(settings), fixture.stream(settings), listener);
        await().atMost(AT_MOST).until(() -> listener.calls.size() >= 3);
        fixture.onLoop(() -> {
            exchange.expectEnd(true);
            exchange.expectEnd(false);
        });
        assertThat(listener.awaitFailure(LlmTimeoutException.class).limit()).isEqualTo(Limit.IDLE);
    }
}
