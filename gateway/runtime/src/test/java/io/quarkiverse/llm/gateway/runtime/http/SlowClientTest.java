package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.vertx.core.json.JsonObject;

class SlowClientTest extends GatewayFixture {

    private static final int SMALL = 8 * 1024;

    @ParameterizedTest
    @ValueSource(strings = { "/v1/responses", "/v1/chat/completions" })
    void aClientThatDoesNotReadPausesTheProvider(String path) {
        llm.enqueue(Answer.endless("x".repeat(500)));
        try (RawClient client = new RawClient(server().root(), SMALL)) {
            client.post(path, path.endsWith("responses") ? Requests.response("Hello") : Requests.chat("Hello"));
            RecordedRequest request = llm.takeRequest();

            long written = awaitStandstill(request);

            client.head();
            while (request.bytesWritten() == written) {
                client.chunk();
            }
            assertThat(request.outcome().toCompletableFuture()).isNotDone();
        }
        assertThat(llm.requests().get(0).awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
        assertThat(log.request()).contains("outcome=client-left");
    }

    @Test
    void aClientThatNeverReadsDoesNotHoldTheProviderForEver() {
        set("quarkus.llm-gateway.write-timeout", "1s");
        set("quarkus.llm-gateway.keep-alive", "200ms");
        llm.enqueue(Answer.endless("x".repeat(500)));
        try (RawClient client = new RawClient(server().root(), SMALL).ask(Requests.response("Hello"))) {
            assertThat(llm.takeRequest().awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
            assertThat(log.request()).contains("outcome=client-stuck");
            await().untilAsserted(() -> assertThat(server().connections()).isZero());
        }
        assertThat(log.from(Level.SEVERE)).isEmpty();
    }

    @Test
    void aClientThatStopsAndGoesGetsAll() {
        String[] deltas = new String[20_000];
        java.util.Arrays.fill(deltas, "x".repeat(100));
        llm.enqueue(Answer.text(deltas));
        try (RawClient client = new RawClient(server().root(), SMALL).ask(Requests.response("Hello"))) {
            client.head();
            StringBuilder stream = new StringBuilder();
            int read = 0;
            for (String chunk = client.chunk(); !chunk.isEmpty(); chunk = client.chunk()) {
                stream.append(chunk);
                if (++read % 200 == 0) {
                    awaitStandstill(llm.requests().get(0));
                }
            }
            JsonObject last = CheckedStream.of(RawClient.utf8(stream.toString())).last();
            assertThat(last.getString("type")).isEqualTo("response.completed");
        }
    }

    static long awaitStandstill(RecordedRequest request) {
        long[] written = { -1 };
        await().pollInterval(Duration.ofMillis(100)).until(() -> {
            long before = written[0];
            written[0] = request.bytesWritten();
            return before == written[0];
        });
        return written[0];
    }
}
