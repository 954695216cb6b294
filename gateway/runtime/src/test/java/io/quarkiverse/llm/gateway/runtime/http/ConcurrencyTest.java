package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;

/** Of a provider that takes one request at a time. */
class ConcurrencyTest extends GatewayFixture {

    private final CompletableFuture<Void> released = new CompletableFuture<>();

    private RawClient occupy() {
        set("quarkus.llm.max-concurrent-requests", "1");
        llm.enqueue(Answer.text("first").pauseUntil(released));
        RawClient client = raw().ask(Requests.response("0"));
        client.head();
        client.chunkWith("first");
        return client;
    }

    @Test
    void whoWaitsGetsSignsOfLifeAndItsTurn() {
        set("quarkus.llm-gateway.commit-after", "10ms");
        set("quarkus.llm-gateway.keep-alive", "50ms");
        try (RawClient first = occupy(); RawClient second = raw().ask(Requests.response("1"))) {
            llm.enqueue(Answer.text("second"));
            assertThat(second.head().status()).isEqualTo(200);
            second.chunkWith("response.created");
            second.chunkWith("response.in_progress");
            assertThat(llm.requests()).hasSize(1);
            released.complete(null);
            assertThat(String.join("", second.chunks())).contains("second", "response.completed");
            first.chunks();
        }
    }

    @Test
    void turnsComeInTheOrderOfTheRequests() {
        set("quarkus.llm-gateway.commit-after", "10ms");
        List<RawClient> waiting = new ArrayList<>();
        try (RawClient first = occupy()) {
            for (int i = 1; i <= 5; i++) {
                llm.enqueue(Answer.text("next"));
                RawClient client = raw().ask(Requests.response("number " + i));
                waiting.add(client);
                // announced, so that it waits already
                client.head();
                client.chunk();
            }
            released.complete(null);
            first.chunks();
            waiting.forEach(RawClient::chunks);
        } finally {
            waiting.forEach(RawClient::close);
        }
        List<String> inputs = llm.requests().stream().map(RecordedRequest::body).toList();
        assertThat(inputs).hasSize(6);
        for (int i = 1; i <= 5; i++) {
            assertThat(inputs.get(i)).contains("number " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void whoCannotEvenWaitIsAskedToComeAgain(boolean stream) {
        set("quarkus.llm.max-queued-requests", "1");
        set("quarkus.llm-gateway.commit-after", "10ms");
        try (RawClient first = occupy(); RawClient second = raw().ask(Requests.response("1"))) {
            llm.enqueue(Answer.text("second"));
            // announced, so that it waits already
            second.head();
            second.chunk();
            Answered third = gateway().responses(Requests.response("2").put("stream", stream));
            assertThat(third.status()).isEqualTo(503);
            assertThat(third.header("retry-after")).isEqualTo("1");
            assertThat(third.error().getString("message")).contains("no room").doesNotContain("quarkus.llm");
            assertThat(log.lines()).anyMatch(line -> line.contains("quarkus.llm.max-concurrent-requests"));
            released.complete(null);
            first.chunks();
            assertThat(String.join("", second.chunks())).contains("second");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void whoWaitsForTooLongIsAskedToComeAgain(boolean stream) {
        set("quarkus.llm.acquire-timeout", "50ms");
        try (RawClient first = occupy()) {
            Answered second = gateway().responses(Requests.response("1").put("stream", stream));
            assertThat(second.status()).isEqualTo(503);
            assertThat(second.header("retry-after")).isEqualTo("1");
            assertThat(second.error().getString("message")).contains("no room").doesNotContain("quarkus.llm");
            assertThat(log.lines()).anyMatch(line -> line.contains("quarkus.llm.acquire-timeout"));
            released.complete(null);
            first.chunks();
        }
    }
}
