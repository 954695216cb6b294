package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {

    private static final String STREAM = "data: {\"a\":1}\n\ndata: {\"b\":2}\n\ndata: [DONE]\n\n";

    @TempDir
    Path directory;

    private final ScriptedServer server = ScriptedServer.start();
    private final Client client = new Client(server);
    private Path exchange;

    @BeforeEach
    void record() throws IOException {
        exchange = recorded("20261121-142233.123-local-1", STREAM);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Path recorded(String name, String stream) throws IOException {
        Path folder = Files.createDirectory(directory.resolve(name));
        Files.writeString(folder.resolve("request.http"), """
                POST http://127.0.0.1:8080/v1/chat/completions?api-version=*** HTTP/1.1
                content-type: application/json
                authorization: ***

                {"model":"m","messages":[]}""");
        Files.writeString(folder.resolve("response.http"), """
                HTTP/1.1 200 OK
                content-type: text/event-stream
                Content-Length: 7
                date: yesterday
                transfer-encoding: chunked
                x-region: north
                """);
        Files.writeString(folder.resolve("response.sse"), stream);
        return timing(folder, "12.4 head", "20.0 7", "60.5 " + (stream.length() - 7), "70.0 end");
    }

    private static Path timing(Path folder, String... lines) throws IOException {
        Files.writeString(folder.resolve("timing.txt"), "# milliseconds since the request was sent, and what came then\n"
                + String.join("\n", lines) + "\n");
        return folder;
    }

    @Test
    void itAnswersAsTheServerDid() throws Exception {
        server.enqueue(Answer.recording(exchange));

        HttpResponse<String> response = client.stream();

        assertThat(response.body()).isEqualTo(STREAM);
        assertThat(response.headers().firstValue("x-region")).contains("north");
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(response.headers().map()).doesNotContainKeys("date", "content-length");
    }

    @Test
    void faultsComeOnTop() {
        server.enqueue(Answer.recording(exchange).with(Fault.dropAfterEvents(1)));

        assertThatThrownBy(client::stream).isInstanceOf(IOException.class);
        assertThat(server.takeRequest().bytesWritten()).isEqualTo("data: {\"a\":1}\n\n".length());
    }

    @Test
    void timingPlaysPiecesAndWaits() throws Exception {
        server.enqueue(Answer.recording(exchange).withTiming());
        long before = System.nanoTime();

        assertThat(client.stream().body()).isEqualTo(STREAM);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(60));
    }

    @Test
    void timingCanBeFaster() throws Exception {
        timing(exchange, "1 head", "3600000 " + STREAM.length(), "7200000 end");
        server.enqueue(Answer.recording(exchange).withTiming(1_000_000));

        assertThat(client.stream().body()).isEqualTo(STREAM);
    }

    @Test
    void anErrorKeepsItsStatusAndBody() throws Exception {
        Files.delete(exchange.resolve("response.sse"));
        Files.writeString(exchange.resolve("response.json"), "{\"error\":{}}");
        Files.writeString(exchange.resolve("response.http"), "HTTP/2 429\n:status: 429\ncontent-type: application/json\n");
        server.enqueue(Answer.recording(exchange));

        HttpResponse<String> response = client.stream();

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).isEqualTo("{\"error\":{}}");
    }

    @Test
    void whatFailedThenBreaksOffAgain() throws Exception {
        timing(exchange, "12.4 head", "20.0 " + STREAM.length(), "70.0 failed The stream fell silent for 60 s");
        server.enqueue(Answer.recording(exchange), Answer.recording(exchange).withTiming(100));

        assertThatThrownBy(client::stream).isInstanceOf(IOException.class);
        assertThatThrownBy(client::stream).isInstanceOf(IOException.class);
        assertThat(server.requests()).extracting(RecordedRequest::awaitOutcome).containsOnly(Outcome.BROKEN_OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = { "failed timeout The stream fell silent for 60 s", "cancelled" })
    void whatDidNotGoOnStallsAgain(String end) throws Exception {
        timing(exchange, "12.4 head", "20.0 " + STREAM.length(), "70.0 " + end);
        server.enqueue(Answer.recording(exchange), Answer.recording(exchange).withTiming(100));

        for (int i = 0; i < 2; i++) {
            RecordedRequest request;
            try (InputStream body = client.openStream().body()) {
                assertThat(body.readNBytes(STREAM.length())).asString().isEqualTo(STREAM);
                request = server.takeRequest();
            }
            assertThat(request.awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
        }
    }

    @Test
    void whatCouldNotBeUsedEndsInGoodOrder() throws Exception {
        timing(exchange, "12.4 head", "20.0 " + STREAM.length(), "70.0 failed answer No JSON");
        server.enqueue(Answer.recording(exchange));

        assertThat(client.stream().body()).isEqualTo(STREAM);
    }

    @Test
    void whereNoAnswerCameTheConnectionDrops() throws Exception {
        for (String file : new String[] { "response.http", "response.sse" }) {
            Files.delete(exchange.resolve(file));
        }
        server.enqueue(Answer.recording(exchange));

        assertThatThrownBy(client::stream).isInstanceOf(IOException.class);
        assertThat(server.takeRequest().bytesWritten()).isZero();
    }

    @Test
    void exchangesOfADirectoryComeInTheirOrder() throws Exception {
        recorded("20261121-142233.123-local-10", "data: 10\n\n");
        recorded("20261121-142233.123-local-9", "data: 9\n\n");
        recorded("20261121-142230.000-other-11", "data: 11\n\n");
        server.enqueue(Answer.recordings(directory));

        assertThat(client.stream().body()).contains("11");
        assertThat(client.stream().body()).isEqualTo(STREAM);
        assertThat(client.stream().body()).contains("9");
        assertThat(client.stream().body()).contains("10");
    }

    @Test
    void theRequestCanBeReadAndCompared() {
        RecordedRequest request = RecordedRequest.recording(exchange);

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.query()).isEqualTo("api-version=***");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.json().getString("model")).isEqualTo("m");
    }

    @Test
    void aFolderIsNoFileToReplay() {
        assertThatIllegalArgumentException().isThrownBy(() -> Answer.replay(exchange))
                .withMessageStartingWith(exchange + " is a folder: a recorded exchange is played by Answer.recording");
    }

    @Test
    void aFolderThatIsNoExchangeSaysSo() {
        assertThatIllegalArgumentException().isThrownBy(() -> Answer.recording(directory))
                .withMessage(directory + " is no recorded exchange: it has no request.http");
        assertThatIllegalArgumentException().isThrownBy(() -> Answer.recordings(exchange))
                .withMessageContaining("has no recorded exchanges");
    }

    @Test
    void aMissingBodySaysSo() throws Exception {
        Files.delete(exchange.resolve("response.sse"));

        assertThatIllegalArgumentException().isThrownBy(() -> Answer.recording(exchange))
                .withMessageContaining("must have one of response.sse, response.json, response.txt");
    }

    @Test
    void aBrokenHeadSaysSo() throws Exception {
        Files.writeString(exchange.resolve("response.http"), "what?\n");
        assertThatIllegalArgumentException().isThrownBy(() -> Answer.recording(exchange)).withMessageContaining("what?");
        Files.writeString(exchange.resolve("response.http"), "HTTP/1.1 fine\n");
        assertThatIllegalArgumentException().isThrownBy(() -> Answer.recording(exchange)).withMessageContaining("status line");
    }

    @Test
    void aTimingThatDoesNotFitSaysSo() throws Exception {
        timing(exchange, "12.4 head", "20.0 3", "70.0 end");
        assertThatIllegalArgumentException().isThrownBy(() -> Answer.recording(exchange).withTiming())
                .withMessageContaining("tells of 3 bytes, but response.sse has " + STREAM.length());
        timing(exchange, "12.4 head", "soon 3");
        assertThatIllegalArgumentException().isThrownBy(() -> Answer.recording(exchange)).withMessageContaining("soon 3");
        Files.delete(exchange.resolve("timing.txt"));
        assertThatIllegalArgumentException().isThrownBy(() -> Answer.recording(exchange).withTiming())
                .withMessageContaining("has no timing.txt");
    }

    @Test
    void onlyRecordingsHaveATiming() {
        assertThatIllegalStateException().isThrownBy(() -> Answer.text("a").withTiming());
        assertThatIllegalArgumentException().isThrownBy(() -> Answer.recording(exchange).withTiming(0));
    }
}
