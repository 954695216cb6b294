package io.quarkiverse.llm.runtime.transport;

import static io.quarkiverse.llm.runtime.transport.RecordingListener.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmLimitException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Outcome;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CancellationTest {

    private final TransportFixture fixture = new TransportFixture();
    private final ProviderSettings settings = fixture.settings().concurrency(1, 2).build();
    private final HttpTransport transport = fixture.transport(settings);
    private final RecordingListener listener = new RecordingListener();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Exchange open(ExchangeListener listener) {
        return fixture.open(transport, fixture.stream(settings), listener);
    }

    private void assertSilenceAndRoom() {
        fixture.server.respond(request -> Answer.sse("data: next\n\n"));
        RecordingListener next = new RecordingListener();
        open(next);
        assertThat(next.awaitEnd()).endsWith("end");
        assertThat(listener.calls).doesNotContain("end", "failed");
    }

    @Test
    void whileQueued() {
        fixture.server.enqueue(Answer.text("a").pause(Duration.ofMillis(200)));
        RecordingListener first = new RecordingListener();
        open(first);
        Exchange queued = open(listener);
        fixture.onLoop(queued::cancel);
        first.awaitEnd();
        assertSilenceAndRoom();
        assertThat(fixture.server.requests()).hasSize(2);
    }

    @Test
    void whileConnecting() {
        fixture.onLoop(() -> transport.open(fixture.context, fixture.stream(settings), listener).cancel());
        assertSilenceAndRoom();
        assertThat(fixture.server.requests()).hasSize(1);
    }

    /** The request is there, but nobody wants it any more. */
    @Test
    void whileConnectingIsNoErrorInTheLog() {
        Logger vertx = Logger.getLogger("io.vertx.core.http.impl");
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = new Warnings(logged);
        vertx.addHandler(handler);
        try {
            whileConnecting();
        } finally {
            vertx.removeHandler(handler);
        }
        assertThat(logged).isEmpty();
    }

    private static final class Warnings extends Handler {

        private final List<String> logged;

        Warnings(List<String> logged) {
            this.logged = logged;
        }

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                logged.add(record.getMessage());
            }
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Test
    void whileWaitingForTheHead() {
        fixture.server.enqueue(Answer.text("a").with(Fault.stallBeforeHead()));
        Exchange exchange = open(listener);
        var request = fixture.server.takeRequest(AT_MOST);
        fixture.onLoop(exchange::cancel);
        assertThat(request.awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
        assertSilenceAndRoom();
    }

    @Test
    void whileStreaming() {
        fixture.server.enqueue(Answer.endless());
        Exchange exchange = open(listener);
        listener.awaitCall("head");
        fixture.onLoop(exchange::cancel);
        assertThat(fixture.server.takeRequest(AT_MOST).awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
        assertSilenceAndRoom();
    }

    @Test
    void whilePaused() {
        fixture.server.enqueue(Answer.endless());
        Exchange exchange = open(listener);
        listener.awaitCall("head");
        fixture.onLoop(exchange::pause);
        fixture.onLoop(exchange::cancel);
        assertThat(fixture.server.takeRequest(AT_MOST).awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
        assertSilenceAndRoom();
    }

    /** Vert.x gives a connection back when the end of an answer has come in, read or not. */
    @Test
    void anAnswerThatIsInButNotReadDoesNotCloseTheConnectionOfTheNext() {
        HttpTransport roomy = fixture.transport(fixture.settings().concurrency(2, 0).build());
        CompletableFuture<Void> paused = new CompletableFuture<>();
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        fixture.server.enqueue(Answer.text("a").pauseUntil(paused).thenText("b"),
                Answer.text("c").pauseUntil(cancelled).thenText("d"));
        Exchange unread = fixture.open(roomy, fixture.stream(settings), listener);
        listener.awaitCall("head");
        fixture.onLoop(unread::pause);
        paused.complete(null);
        assertThat(fixture.server.takeRequest(AT_MOST).awaitOutcome(AT_MOST)).isEqualTo(Outcome.COMPLETED);

        RecordingListener next = new RecordingListener();
        fixture.open(roomy, fixture.stream(settings), next);
        next.awaitCall("head");
        assertThat(fixture.server.connections().opened()).isEqualTo(1);
        fixture.onLoop(unread::cancel);
        cancelled.complete(null);

        assertThat(next.awaitEnd()).endsWith("end");
        assertThat(listener.calls).doesNotContain("end", "failed");
    }

    @Test
    void aFullQueueRefuses() {
        fixture.server.enqueue(Answer.endless());
        open(listener);
        open(new RecordingListener());
        open(new RecordingListener());
        RecordingListener refused = new RecordingListener();
        open(refused);
        LlmLimitException failure = refused.awaitFailure(LlmLimitException.class);
        assertThat(failure.key()).isEqualTo("max-queued-requests");
        assertThat(failure).hasMessageContaining("quarkus.llm.test.max-queued-requests");
    }

    @Test
    void theQueueIsServedInOrder() {
        fixture.server.respond(request -> Answer.text("a").pause(Duration.ofMillis(20)));
        RecordingListener second = new RecordingListener();
        RecordingListener third = new RecordingListener();
        open(listener);
        open(second);
        open(third);
        second.awaitEnd();
        assertThat(third.calls).doesNotContain("end");
        assertThat(third.awaitEnd()).endsWith("end");
    }

    @Test
    void aPausedExchangeIsNotRead() {
        fixture.server.enqueue(Answer.endless());
        Exchange exchange = open(listener);
        listener.awaitCall("head");
        fixture.onLoop(exchange::pause);
        var request = fixture.server.takeRequest(AT_MOST);
        long[] written = { -1 };
        await().atMost(AT_MOST).pollInterval(Duration.ofMillis(200)).until(() -> {
            long before = written[0];
            written[0] = request.bytesWritten();
            return before == written[0];
        });
        int calls = listener.calls.size();
        fixture.onLoop(exchange::resume);
        await().atMost(AT_MOST).until(() -> request.bytesWritten() > written[0] && listener.calls.size() > calls);
    }
}
