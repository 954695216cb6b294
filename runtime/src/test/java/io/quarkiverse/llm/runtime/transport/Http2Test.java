package io.quarkiverse.llm.runtime.transport;

import static io.quarkiverse.llm.runtime.transport.RecordingListener.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class Http2Test {

    private final PfxOptions certificate = SelfSigned.certificate();
    private final TransportFixture fixture = new TransportFixture();
    private final ScriptedServer server = ScriptedServer
            .start(new HttpServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(certificate));

    @AfterEach
    void close() {
        fixture.close();
        server.close();
    }

    private HttpTransport transport(ProviderSettings settings) {
        return new HttpTransport(settings, fixture.vertx, options -> options.setTrustOptions(certificate));
    }

    @Test
    void streamsShareAConnection() {
        server.respond(request -> Answer.sse("data: 1\n\n"));
        ProviderSettings settings = TestSettings.of(server.baseUrl()).http2().build();
        HttpTransport transport = transport(settings);
        for (int i = 0; i < 5; i++) {
            RecordingListener listener = new RecordingListener();
            fixture.open(transport, fixture.stream(settings), listener);
            assertThat(listener.awaitEnd()).containsExactly("head", "event |1", "end");
        }
        assertThat(server.takeRequest(AT_MOST).httpVersion()).isEqualTo("h2");
        assertThat(server.connections().opened()).isEqualTo(1);
    }

    @Test
    void manyStreamsAtATimeAllEnd() {
        server.respond(request -> Answer.sse("data: 1\n\n"));
        ProviderSettings settings = TestSettings.of(server.baseUrl()).http2().concurrency(200, 1000).build();
        HttpTransport transport = transport(settings);
        List<RecordingListener> listeners = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            listeners.add(new RecordingListener());
            fixture.open(transport, fixture.stream(settings), listeners.get(i));
        }
        listeners.forEach(listener -> assertThat(listener.awaitEnd()).endsWith("end"));
        assertThat(server.connections().opened()).isLessThanOrEqualTo(13);
    }

    @Test
    void cancellingResetsTheStreamAlone() {
        ProviderSettings settings = TestSettings.of(server.baseUrl()).http2().build();
        HttpTransport transport = transport(settings);
        server.enqueue(Answer.text("a").with(Fault.stallAfterEvents(2)), Answer.sse("data: 1\n\n"));
        RecordingListener stalled = new RecordingListener();
        Exchange exchange = fixture.open(transport, fixture.stream(settings), stalled);
        stalled.awaitCall("head");
        fixture.onLoop(exchange::cancel);
        assertThat(server.takeRequest(AT_MOST).awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
        RecordingListener next = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), next);
        assertThat(next.awaitEnd()).endsWith("end");
        assertThat(server.connections().opened()).isEqualTo(1);
    }

    /** Netty closes a connection, with all its streams, that has sent 200 resets within 30 seconds. */
    @Test
    void manyCancelledStreamsDoNotTakeTheirNeighbourAlong() {
        ProviderSettings settings = TestSettings.of(server.baseUrl()).http2().build();
        HttpTransport transport = transport(settings);
        server.enqueue(Answer.text("a").pause(Duration.ofSeconds(5)).thenText("b"));
        RecordingListener neighbour = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), neighbour);
        neighbour.awaitCall("head");
        server.respond(request -> Answer.text("a").with(Fault.stallAfterEvents(1)));
        for (int batch = 1; batch <= 5; batch++) {
            List<Exchange> cancelled = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                cancelled.add(fixture.open(transport, fixture.stream(settings), new RecordingListener()));
            }
            int requests = 1 + batch * 50;
            await().atMost(AT_MOST).until(() -> server.requests().size() == requests);
            fixture.onLoop(() -> cancelled.forEach(Exchange::cancel));
        }
        assertThat(neighbour.awaitEnd()).endsWith("end");
        assertThat(server.connections().opened()).isGreaterThan(1);
    }

    /** Netty answers each frame of a stream that is reset already with a reset, and closes the connection after 200 of them. */
    @Test
    void fastStreamsThatAreCancelledDoNotTakeTheirNeighbourAlong() {
        ProviderSettings settings = TestSettings.of(server.baseUrl()).http2().build();
        HttpTransport transport = transport(settings);
        server.enqueue(Answer.text("a").pause(Duration.ofSeconds(2)).thenText("b"));
        RecordingListener neighbour = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), neighbour);
        neighbour.awaitCall("head");
        for (int i = 0; i < 20; i++) {
            server.enqueue(Answer.endless("x"));
            RecordingListener fast = new RecordingListener();
            Exchange exchange = fixture.open(transport, fixture.stream(settings), fast);
            fast.awaitCall("head");
            fixture.onLoop(exchange::cancel);
        }
        assertThat(neighbour.awaitEnd()).endsWith("end");
        assertThat(server.connections().opened()).isEqualTo(1);
    }

    /** Else the connection would count as busy for ever, and stay. */
    @Test
    void cancellingWhileConnectingGivesThePlaceInTheConnectionBack() {
        server.respond(request -> Answer.sse("data: 1\n\n"));
        ProviderSettings settings = TestSettings.of(server.baseUrl()).http2().keepAlive(Duration.ofSeconds(1)).build();
        HttpTransport transport = transport(settings);
        fixture.onLoop(() -> transport.open(fixture.context, fixture.stream(settings), new RecordingListener()).cancel());
        RecordingListener next = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), next);
        assertThat(next.awaitEnd()).endsWith("end");
        assertThat(server.requests()).hasSize(1);
        await().atMost(AT_MOST).until(() -> server.connections().open() == 0);
    }

    @Test
    void aPausedStreamHoldsUpNoOther() {
        ProviderSettings settings = TestSettings.of(server.baseUrl()).http2().build();
        HttpTransport transport = transport(settings);
        server.enqueue(Answer.endless(), Answer.sse("data: 1\n\n"));
        RecordingListener paused = new RecordingListener();
        Exchange exchange = fixture.open(transport, fixture.stream(settings), paused);
        paused.awaitCall("head");
        fixture.onLoop(exchange::pause);
        var request = server.takeRequest(AT_MOST);
        long[] written = { -1 };
        await().atMost(AT_MOST).until(() -> written[0] == (written[0] = request.bytesWritten()));
        RecordingListener next = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), next);
        assertThat(next.awaitEnd()).endsWith("end");
        assertThat(server.connections().opened()).isEqualTo(1);
    }

    @Test
    void aResetStreamFails() {
        server.enqueue(Answer.text("a", "b").with(Fault.resetAfterEvents(1)));
        ProviderSettings settings = TestSettings.of(server.baseUrl()).http2().build();
        RecordingListener listener = new RecordingListener();
        fixture.open(transport(settings), fixture.stream(settings), listener);
        listener.awaitFailure(LlmTransportException.class);
    }

    @Test
    void withoutHttp2OverTlsItIsHttp11() {
        server.enqueue(Answer.sse("data: 1\n\n"));
        ProviderSettings settings = TestSettings.of(server.baseUrl()).build();
        RecordingListener listener = new RecordingListener();
        fixture.open(transport(settings), fixture.stream(settings), listener);
        assertThat(listener.awaitEnd()).endsWith("end");
        assertThat(server.takeRequest(AT_MOST).httpVersion()).isEqualTo("http/1.1");
    }

    @Test
    void anUnknownCertificateIsATlsFailure() {
        ProviderSettings settings = TestSettings.of(server.baseUrl()).http2().build();
        RecordingListener listener = new RecordingListener();
        fixture.open(fixture.transport(settings), fixture.stream(settings), listener);
        assertThat(listener.awaitFailure(LlmTransportException.class)).hasMessageContaining("TLS");
    }

    @Test
    void theHostMustMatchTheCertificate() {
        ProviderSettings settings = TestSettings.of("https://localhost:" + server.port()).http2().build();
        RecordingListener listener = new RecordingListener();
        fixture.open(transport(settings), fixture.stream(settings), listener);
        assertThat(listener.awaitFailure(LlmTransportException.class)).hasMessageContaining("TLS");
    }
}
