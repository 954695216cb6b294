package io.quarkiverse.llm.scripted;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.vertx.core.json.JsonObject;

class ScriptedServerTest {

    private final ScriptedServer server = ScriptedServer.start();
    private final Client client = new Client(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void base_url_is_on_loopback() {
        assertThat(server.baseUrl()).isEqualTo("http://127.0.0.1:" + server.port() + "/v1");
    }

    @Test
    void answers_come_in_the_order_of_the_queue() throws Exception {
        server.enqueue(Answer.text("first"), Answer.text("second"));

        assertThat(client.whole().body()).contains("first");
        assertThat(client.whole().body()).contains("second");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void what_is_read_to_its_end_is_completed(HttpClient.Version version) throws Exception {
        server.respond(request -> Answer.text("a", "b"));
        HttpClient http = HttpClient.newBuilder().version(version).build();
        for (String body : List.of(Client.STREAM, Client.WHOLE)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/chat/completions"))
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build();

            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).version()).isEqualTo(version);
            assertThat(server.takeRequest().awaitOutcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void function_answers_when_the_queue_is_empty() throws Exception {
        server.respond(request -> Answer.text("model " + request.json().getString("model"))).enqueue(Answer.text("queued"));

        assertThat(client.whole().body()).contains("queued");
        assertThat(client.whole().body()).contains("model m");
    }

    @Test
    void request_without_a_scripted_answer_fails_and_says_so() throws Exception {
        HttpResponse<String> response = client.whole();

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(Json.object(response.body()).getJsonObject("error").getString("message"))
                .contains("Nothing is scripted", "POST /v1/chat/completions");
    }

    @Test
    void failing_function_shows_in_the_answer() throws Exception {
        server.respond(request -> {
            throw new IllegalArgumentException("boom");
        });

        assertThat(client.whole().body()).contains("boom");
    }

    @Test
    void answer_that_cannot_be_played_fails_and_does_not_hang() throws Exception {
        JsonObject odd = new JsonObject().put("choices", "none");
        server.enqueue(Answer.empty().thenChunk(odd).with(ChatDeviation.TOOL_ID_MISSING));

        assertThat(client.stream().body()).contains("cannot be played");
    }

    @Test
    void model_list_takes_nothing_from_the_queue() throws Exception {
        server.models("a", "b").enqueue(Answer.text("still there"));

        JsonObject list = Json.object(client.get("/models").body());

        assertThat(list.getJsonArray("data").getJsonObject(1).getString("id")).isEqualTo("b");
        assertThat(client.whole().body()).contains("still there");
    }

    @Test
    void requests_are_recorded_as_they_came() throws Exception {
        server.enqueue(Answer.text("x"));

        client.post("/chat/completions?api-version=1", Client.STREAM, HttpResponse.BodyHandlers.ofString());

        RecordedRequest request = server.takeRequest(ofSeconds(5));
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.query()).isEqualTo("api-version=1");
        assertThat(request.body()).isEqualTo(Client.STREAM);
        assertThat(request.json().getString("model")).isEqualTo("m");
        assertThat(request.header("Content-Length")).isEqualTo(Integer.toString(Client.STREAM.length()));
        assertThat(request.isStreaming()).isTrue();
        assertThat(request.awaitOutcome(ofSeconds(5))).isEqualTo(Outcome.COMPLETED);
        assertThat(server.requests()).containsExactly(request);
    }

    @Test
    void waiting_for_a_request_that_does_not_come_fails() {
        assertThatThrownBy(() -> server.takeRequest(Duration.ofMillis(1))).isInstanceOf(AssertionError.class)
                .hasMessageContaining("No request");
    }

    @Test
    void connections_are_kept_alive_and_counted() throws Exception {
        server.enqueue(Answer.text("a"), Answer.text("b"));

        client.stream();
        client.stream();

        assertThat(server.connections()).isEqualTo(new ConnectionCount(1, 1));
        assertThat(server.requests()).extracting(RecordedRequest::connection).containsExactly(1, 1);
    }

    @Test
    void cancel_of_the_client_reaches_the_record() throws Exception {
        server.enqueue(Answer.text("a").with(Framing.DONE_THEN_OPEN));
        try (InputStream body = client.openStream().body()) {
            body.read();
        }

        assertThat(server.takeRequest(ofSeconds(5)).awaitOutcome(ofSeconds(5))).isEqualTo(Outcome.CLIENT_CLOSED);
        Awaitility.await().until(() -> server.connections().open() == 0);
    }

    @Test
    void endless_answer_stops_while_nobody_reads_and_ends_with_the_client() throws Exception {
        server.enqueue(Answer.endless("x".repeat(8_000)));
        RecordedRequest request;
        try (InputStream body = client.openStream().body()) {
            request = server.takeRequest(ofSeconds(5));
            Awaitility.await().during(Duration.ofMillis(300)).atMost(ofSeconds(20)).until(new StopsGrowing(request)::check);
            long unread = request.bytesWritten();

            body.readNBytes((int) unread);

            Awaitility.await().until(() -> request.bytesWritten() > unread);
        }
        assertThat(request.awaitOutcome(ofSeconds(5))).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    private static final class StopsGrowing {

        private final RecordedRequest request;
        private long last = -1;

        StopsGrowing(RecordedRequest request) {
            this.request = request;
        }

        boolean check() {
            long now = request.bytesWritten();
            boolean same = now == last && now > 0;
            last = now;
            return same;
        }
    }

    @Test
    void reset_forgets_script_and_requests_and_breaks_off_running_answers() throws Exception {
        server.enqueue(Answer.endless(), Answer.text("never asked for"));
        InputStream body = client.openStream().body();
        RecordedRequest running = server.takeRequest(ofSeconds(5));

        server.reset();

        assertThat(running.awaitOutcome(ofSeconds(5))).isEqualTo(Outcome.SERVER_CLOSED);
        assertThat(server.requests()).isEmpty();
        assertThat(client.whole().statusCode()).isEqualTo(500);
        body.close();
    }

    @Test
    void aResetLeavesTheConnectionOfAnAnswerThatWasJustRead() throws Exception {
        for (int round = 0; round < 500; round++) {
            server.enqueue(Answer.text("a"));
            assertThat(client.whole().statusCode()).isEqualTo(200);
            server.reset();
        }

        assertThat(server.connections()).isEqualTo(new ConnectionCount(0, 1));
    }

    @Test
    void answers_over_http_2() throws Exception {
        server.enqueue(Answer.text("Hel", "lo"));
        HttpClient http2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

        HttpResponse<String> response = http2.send(
                HttpRequest.newBuilder(URI.create(server.baseUrl() + "/chat/completions"))
                        .POST(HttpRequest.BodyPublishers.ofString(Client.STREAM)).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(Client.text(Client.chunks(response.body()))).isEqualTo("Hello");
        assertThat(server.takeRequest(ofSeconds(5)).httpVersion()).isEqualTo("h2");
        assertThat(server.connections()).isEqualTo(new ConnectionCount(1, 1));
    }

    @Test
    void closing_twice_is_harmless() {
        server.close();
        server.close();
    }

    @Test
    void faultsOfTheServerAreAddedToEachAnswerAndStayThroughAReset() throws Exception {
        server.faults(Framing.NO_DONE).reset();
        server.enqueue(List.of(Answer.text("a"), Answer.text("b").with(ChatDeviation.ROLE_MISSING)));

        assertThat(client.stream().body()).contains("\"role\"").doesNotContain("[DONE]");
        assertThat(client.stream().body()).doesNotContain("\"role\"").doesNotContain("[DONE]");
    }
}
