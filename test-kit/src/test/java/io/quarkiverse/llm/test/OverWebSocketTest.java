package io.quarkiverse.llm.test;

import static io.quarkiverse.llm.test.LlmAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;

/** Requests that came over a WebSocket are asserted as others are. */
class OverWebSocketTest {

    private final ScriptedServer server = ScriptedServer.start();
    private WebSocket socket;

    @BeforeEach
    void connect() {
        server.respond(request -> Answer.text("Hello"));
        socket = HttpClient.newHttpClient().newWebSocketBuilder()
                .buildAsync(URI.create(server.baseUrl().replace("http", "ws") + "/responses"), new WebSocket.Listener() {
                }).join();
    }

    @AfterEach
    void close() {
        socket.abort();
        server.close();
    }

    @Test
    void aMessageIsARequestOfTheResponsesApi() {
        socket.sendText("""
                {"type":"response.create","model":"m","previous_response_id":"r1","input":"Greet Ada"}""", true);

        RecordedRequest request = server.takeRequest();

        assertThat(request).isOverWebSocket().isResponses().isStreaming().hasModel("m").hasUserMessage("Greet Ada")
                .goesOnFrom("r1").hasNoField("/stream").endedAs(Outcome.COMPLETED);
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(request).isOverHttp())
                .withMessageContaining("a request of HTTP").withMessageContaining("WEBSOCKET");
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(request).goesOnFrom("r2"))
                .withMessageContaining("r2").withMessageContaining("r1");
    }

    @Test
    void whatCameOverHttpDidNotComeOverAWebSocket() {
        RecordedRequest request = RecordedRequest.of(1, "POST", "/v1/responses", Map.of(), "{\"input\":\"Hi\"}");

        assertThat(request).isOverHttp();
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(request).isOverWebSocket())
                .withMessageContaining("a message of a WebSocket").withMessageContaining("HTTP");
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(request).goesOnFrom("r1"))
                .withMessageContaining("none");
    }
}
