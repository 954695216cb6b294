package io.quarkiverse.llm.runtime.transport;

import static io.quarkiverse.llm.runtime.transport.RecordingListener.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.vertx.core.net.NetSocket;

/** Connections that do what no library for servers would let them do. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OddConnectionTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n";

    private final TransportFixture fixture = new TransportFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private RecordingListener stream(RawServer server) {
        return fixture.stream(TestSettings.of(server.baseUrl()));
    }

    private RecordingListener answeredWith(String bytes) {
        RawServer server = new RawServer(fixture.vertx, (connection, request) -> {
            if (request.startsWith("POST")) {
                connection.write(bytes);
            }
        });
        return stream(server);
    }

    @Test
    void interimAnswersAreNoAnswers() {
        assertThat(answeredWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"
                + RawServer.ANSWER).awaitEnd()).containsExactly("head", "event |1", "end");
    }

    @Test
    void anAnswerWithoutLengthEndsWithItsConnection() {
        RawServer server = new RawServer(fixture.vertx, (connection, request) -> {
            connection.write(HEAD + "\r\ndata: 1\n\n");
            connection.close();
        });
        assertThat(stream(server).awaitEnd()).containsExactly("head", "event |1", "end");
    }

    @Test
    void whatIsNotHttpFails() {
        assertThat(answeredWith("SSH-2.0-OpenSSH_9.6\r\n\r\n").awaitFailure(LlmDecodeException.class))
                .hasMessageContaining("could not be handled");
    }

    @Test
    void aChunkWithoutASizeFails() {
        assertThat(answeredWith(HEAD + "transfer-encoding: chunked\r\n\r\nzz\r\ndata: 1\n\n\r\n")
                .awaitFailure(LlmDecodeException.class)).hasMessageContaining("could not be handled");
    }

    @Test
    void anAnswerBeforeTheRequestWasReadCounts() {
        AtomicInteger reads = new AtomicInteger();
        RawServer server = new RawServer(fixture.vertx, (connection, request) -> {
            if (reads.incrementAndGet() == 1) {
                connection.pause();
                connection.write("HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno");
            }
        });
        ProviderSettings settings = TestSettings.of(server.baseUrl()).build();
        RecordingListener listener = new RecordingListener();
        fixture.open(fixture.transport(settings), new OutgoingRequest("POST", "/v1/x", Map.of(), new byte[8_000_000], true,
                settings.timeLimits()), listener);

        assertThat(listener.awaitEnd()).containsExactly("head", "body no", "end");
        assertThat(listener.status).isEqualTo(413);
    }

    @Test
    void aSecondAnswerThatNobodyAskedForHarmsNoLaterRequest() {
        RawServer server = new RawServer(fixture.vertx,
                (connection, request) -> connection.write(RawServer.ANSWER + RawServer.ANSWER));
        ProviderSettings settings = TestSettings.of(server.baseUrl()).build();
        HttpTransport transport = fixture.transport(settings);
        RecordingListener first = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), first);
        assertThat(first.awaitEnd()).endsWith("end");
        await().atMost(AT_MOST).until(() -> closed(server.connections.get(0)));
        RecordingListener second = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), second);
        assertThat(second.awaitEnd()).containsExactly("head", "event |1", "end");
    }

    /**
     * Servers close idle connections at any time, also when a request is on its way to them. Whether it was read nobody
     * knows, so it is not sent again here; who tries again may do so at once.
     */
    @Test
    void aConnectionThatIsClosedWhenItIsUsedAgainIsAFailureWorthAnotherTry() {
        RawServer server = new RawServer(fixture.vertx, new BiConsumer<>() {
            private final Set<NetSocket> used = new HashSet<>();

            @Override
            public void accept(NetSocket connection, String request) {
                if (used.add(connection)) {
                    connection.write(RawServer.ANSWER);
                } else {
                    connection.close();
                }
            }
        });
        ProviderSettings settings = TestSettings.of(server.baseUrl()).build();
        HttpTransport transport = fixture.transport(settings);
        RecordingListener first = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), first);
        first.awaitEnd();
        RecordingListener second = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), second);
        assertThat(second.awaitFailure(LlmTransportException.class).isRetryable()).isTrue();
        assertThat(second.calls).containsExactly("failed");
        RecordingListener third = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), third);
        assertThat(third.awaitEnd()).containsExactly("head", "event |1", "end");
        assertThat(server.connections).hasSize(2);
    }

    private static boolean closed(NetSocket connection) {
        return connection.write("").failed();
    }
}
