package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.vertx.core.json.JsonObject;

/** When the client closes its connection, the provider hears of it at once. */
class LeavingClientTest extends GatewayFixture {

    private static JsonObject request(String path) {
        return path.endsWith("responses") ? Requests.response("Hello") : Requests.chat("Hello");
    }

    private void assertLeft(RecordedRequest request, String line) {
        assertThat(request.awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
        await().until(() -> llm.connections().open() == 0);
        assertThat(log.request()).contains(line);
        assertThat(log.from(Level.WARNING)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "/v1/responses,true", "/v1/chat/completions,true", "/v1/responses,false", "/v1/chat/completions,false" })
    void beforeTheProviderSaysAnything(String path, boolean stream) {
        llm.enqueue(Answer.text("Hello").with(Fault.stallBeforeHead()));
        RecordedRequest request;
        try (RawClient client = raw().post(path, request(path).put("stream", stream))) {
            request = llm.takeRequest();
        }
        assertLeft(request, "status=499 outcome=client-left");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/v1/responses", "/v1/chat/completions" })
    void afterTheAnswerWasAnnounced(String path) {
        set("quarkus.llm-gateway.commit-after", "10ms");
        llm.enqueue(Answer.text("Hello").with(Fault.stallBeforeHead()));
        RecordedRequest request;
        try (RawClient client = raw().post(path, request(path))) {
            request = llm.takeRequest();
            client.head();
            client.chunk();
        }
        assertLeft(request, "status=200 outcome=client-left");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/v1/responses", "/v1/chat/completions" })
    void inTheMiddleOfTheAnswer(String path) {
        llm.enqueue(Answer.text("Hello").with(Fault.stallAfterEvents(2)));
        RecordedRequest request;
        try (RawClient client = raw().post(path, request(path))) {
            request = llm.takeRequest();
            client.head();
            client.chunkWith("Hello");
        }
        assertLeft(request, "status=200 outcome=client-left");
    }

    @Test
    void whileTheAnswerPoursIn() {
        llm.enqueue(Answer.endless());
        RecordedRequest request;
        try (RawClient client = raw().ask(Requests.response("Hello"))) {
            request = llm.takeRequest();
            client.head();
            client.chunk();
        }
        assertLeft(request, "status=200 outcome=client-left");
    }

    @Test
    void whileItWaitsForItsTurn() {
        set("quarkus.llm.max-concurrent-requests", "1");
        set("quarkus.llm-gateway.commit-after", "10ms");
        llm.enqueue(Answer.text("Hello").with(Fault.stallAfterEvents(2)), Answer.text("next"));
        try (RawClient first = raw().ask(Requests.response("first"))) {
            first.head();
            first.chunkWith("Hello");
            try (RawClient second = raw().ask(Requests.response("second"))) {
                second.head();
                second.chunkWith("response.created");
            }
            assertThat(log.request()).contains("status=200 outcome=client-left first-token=-");
        }
        // its place was given back
        assertThat(gateway().responses(Requests.response("third")).stream().text()).isEqualTo("next");
        assertThat(llm.requests()).extracting(RecordedRequest::body).noneMatch(body -> body.contains("second"));
        assertThat(log.from(Level.SEVERE)).isEmpty();
    }

    @Test
    void whileTheModelsAreAskedFor() {
        llm.models(Answer.modelList("other").with(Fault.stallBeforeHead()));
        set("quarkus.llm.wire-api", "chat-completions");
        try (RawClient client = raw().ask(Requests.response("Hello").put("model", "unheard-of"))) {
            assertThat(llm.takeRequest().path()).isEqualTo("/v1/models");
        }
        assertThat(log.request()).contains("status=499 outcome=client-left");
        assertThat(log.from(Level.WARNING)).isEmpty();
        assertThat(llm.requests()).noneMatch(request -> request.path().endsWith("completions"));
    }

    @Test
    void whileItSendsItsRequest() {
        try (RawClient client = raw()) {
            client.send("POST /v1/responses HTTP/1.1\r\nhost: gateway\r\ncontent-length: 100\r\n\r\n{");
        }
        assertThat(log.request()).contains("status=499 outcome=client-left");
        assertThat(log.from(Level.WARNING)).isEmpty();
    }
}
