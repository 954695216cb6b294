package io.quarkiverse.llm.runtime.transport;

import static io.quarkiverse.llm.runtime.transport.RecordingListener.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.scripted.Answer;

/** Transports that are closed, or retire because others take their place. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpTransportEndTest {

    private final TransportFixture fixture = new TransportFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aClosedTransportTakesNothing() {
        ProviderSettings settings = fixture.settings().build();
        HttpTransport transport = fixture.transport(settings);
        await().atMost(AT_MOST).until(transport.close()::isComplete);
        RecordingListener listener = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), listener);
        assertThat(listener.awaitFailure(LlmTransportException.class)).hasMessageContaining("closed");
    }

    @Test
    void whatIsUnderWayWhenTheTransportClosesFinishes() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        fixture.server.enqueue(Answer.text("a").pauseUntil(released).thenText("b"));
        ProviderSettings settings = fixture.settings().build();
        HttpTransport transport = fixture.transport(settings);
        RecordingListener listener = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), listener);
        listener.awaitCall("head");
        var closed = transport.close();
        assertThat(closed.isComplete()).isFalse();
        released.complete(null);
        assertThat(listener.awaitEnd()).endsWith("event |[DONE]", "end");
        await().atMost(AT_MOST).until(() -> closed.isComplete() && fixture.server.connections().open() == 0);
    }

    @Test
    void aRetiredTransportTakesWhatComesLateAndKeepsNoConnection() {
        fixture.server.enqueue(Answer.text("early"), Answer.text("late"));
        ProviderSettings settings = fixture.settings().build();
        HttpTransport transport = fixture.transport(settings);
        RecordingListener early = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), early);
        early.awaitEnd();

        await().atMost(AT_MOST).until(transport.retire()::isComplete);
        await().atMost(AT_MOST).until(() -> fixture.server.connections().open() == 0);
        RecordingListener late = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), late);

        late.awaitEnd();
        await().atMost(AT_MOST).until(() -> fixture.server.connections().open() == 0);
    }

    @Test
    void whatIsUnderWayWhenTheTransportRetiresFinishes() {
        ProviderSettings settings = fixture.settings().build();
        HttpTransport transport = fixture.transport(settings);
        CompletableFuture<Void> released = new CompletableFuture<>();
        fixture.server.enqueue(Answer.text("a").pauseUntil(released).thenText("b"));
        RecordingListener listener = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), listener);
        listener.awaitCall("head");

        var retired = transport.retire();

        assertThat(retired.isComplete()).isFalse();
        released.complete(null);
        assertThat(listener.awaitEnd()).endsWith("event |[DONE]", "end");
        await().atMost(AT_MOST).until(() -> retired.isComplete() && fixture.server.connections().open() == 0);
    }

    @Test
    void whatWaitsWhenTheTransportClosesFinishesToo() {
        fixture.server.respond(request -> Answer.text("a").pause(Duration.ofMillis(50)));
        ProviderSettings settings = fixture.settings().concurrency(1, 1).build();
        HttpTransport transport = fixture.transport(settings);
        RecordingListener running = new RecordingListener();
        RecordingListener waiting = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), running);
        fixture.open(transport, fixture.stream(settings), waiting);
        var closed = transport.close();
        assertThat(running.awaitEnd()).endsWith("end");
        assertThat(waiting.awaitEnd()).endsWith("end");
        await().atMost(AT_MOST).until(() -> closed.isComplete() && fixture.server.connections().open() == 0);
    }
}
