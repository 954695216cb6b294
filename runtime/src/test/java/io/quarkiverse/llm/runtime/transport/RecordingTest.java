package io.quarkiverse.llm.runtime.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.RecordedRequest;

class RecordingTest {

    private static final String STREAM = "data: {\"text\":\"sk-my-secret-key\"}\n\ndata: [DONE]\n\n";

    private final TransportFixture fixture = new TransportFixture();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        fixture.close();
    }

    private TestSettings settings() {
        return fixture.settings().name("local").record(directory.resolve("recordings")).apiKey("sk-my-secret-key");
    }

    private OutgoingRequest request(ProviderSettings settings) {
        return new OutgoingRequest("POST", settings.endpoint().target("chat/completions") + "?api-version=1",
                Map.of("accept", "*/*", "authorization", "Bearer sk-of-the-request", "x-team", "blue"),
                "{\"model\":\"m\",\"stream\":true,\"thinking\":true}".getBytes(UTF_8), true, settings.timeLimits());
    }

    private RecordingListener exchange(TestSettings testSettings) {
        ProviderSettings settings = testSettings.build();
        RecordingListener listener = new RecordingListener();
        fixture.open(fixture.transport(settings), request(settings), listener);
        return listener;
    }

    private List<Path> folders() {
        try (Stream<Path> folders = Files.list(directory.resolve("recordings"))) {
            return folders.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The folder of the only exchange, when it has ended. */
    private Path recorded(String ending) {
        await().atMost(RecordingListener.AT_MOST).until(() -> folders().size() == 1
                && Files.exists(folders().get(0).resolve("timing.txt"))
                && lastLine(folders().get(0)).contains(ending));
        return folders().get(0);
    }

    private static String lastLine(Path folder) {
        List<String> lines = lines(folder, "timing.txt");
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    private static List<String> lines(Path folder, String file) {
        try {
            return Files.readAllLines(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theRequestIsRecordedWithoutSecrets() {
        fixture.server.enqueue(Answer.sse(STREAM));
        exchange(settings().extraBody("thinking", "true")).awaitEnd();

        assertThat(lines(recorded(" end"), "request.http")).containsExactly(
                "POST " + fixture.server.origin() + "/v1/chat/completions?api-version=*** HTTP/1.1",
                "accept: */*",
                "authorization: ***",
                "x-team: blue",
                "",
                "{\"model\":\"m\",\"stream\":true,\"thinking\":\"***\"}");
    }

    @Test
    void theAnswerIsRecordedByteForByteWithoutSecrets() throws IOException {
        fixture.server.enqueue(Answer.sse(STREAM));
        exchange(settings()).awaitEnd();
        Path folder = recorded(" end");

        assertThat(lines(folder, "response.http")).startsWith("HTTP/1.1 200").contains("content-type: text/event-stream");
        assertThat(folder.resolve("response.sse")).hasContent(STREAM.replace("sk-my-secret-key", "*".repeat(16)));
    }

    @Test
    void aKeyThatTheRequestAloneHasIsMaskedWhereTheServerRepeatsIt() {
        fixture.server.enqueue(Answer.error(401, "Incorrect API key: sk-of-the-request"));
        exchange(settings()).awaitEnd();

        assertThat(lines(recorded(" end"), "response.json").get(0)).contains("Incorrect API key: *****")
                .doesNotContain("sk-of-the-request");
    }

    @Test
    void aConfiguredFieldOfTheBodyIsMaskedWhereTheServerRepeatsIt() {
        fixture.server.enqueue(Answer.error(401, "No tenant tenant-secret-4711 here"));
        exchange(settings().extraBody("tenant", "\"tenant-secret-4711\"")).awaitEnd();

        assertThat(lines(recorded(" end"), "response.json").get(0)).contains("No tenant ****************** here");
    }

    @Test
    void theTimesTellWhatArrivedWhen() throws IOException {
        fixture.server.enqueue(Answer.text("Hel").pause(Duration.ofMillis(200)).thenText("lo"));
        exchange(settings()).awaitEnd();
        Path folder = recorded(" end");
        List<String> timing = lines(folder, "timing.txt");

        assertThat(timing.get(0)).startsWith("#");
        assertThat(timing.get(1)).matches("\\d+\\.\\d head");
        List<Double> times = timing.stream().skip(1).map(line -> Double.valueOf(line.split(" ")[0])).toList();
        assertThat(times).isSorted();
        assertThat(IntStream.range(1, times.size()).mapToDouble(i -> times.get(i) - times.get(i - 1)).max().getAsDouble())
                .isGreaterThan(20);
        long bytes = timing.stream().map(line -> line.split(" ")[1]).filter(what -> what.matches("\\d+"))
                .mapToLong(Long::parseLong).sum();
        assertThat(bytes).isEqualTo(Files.size(folder.resolve("response.sse")));
    }

    @Test
    void aBrokenConnectionIsRecordedAsThat() {
        fixture.server.enqueue(Answer.text("a", "b", "c").with(Fault.dropAfterEvents(2)));
        exchange(settings()).awaitEnd();

        assertThat(lastLine(recorded(" failed"))).contains("failed connection Provider 'local': the connection to")
                .doesNotContain("\n");
    }

    @Test
    void anExchangeWithoutAnAnswerHasNoResponse() {
        fixture.server.enqueue(Answer.empty().with(Fault.stallBeforeHead()));
        exchange(settings().firstEvent(Duration.ofMillis(200))).awaitEnd();

        assertThat(recorded(" failed").resolve("response.http")).doesNotExist();
    }

    @Test
    void aRefusedConnectionIsRecorded() {
        int port = fixture.server.port();
        fixture.server.close();
        exchange(TestSettings.of("http://127.0.0.1:" + port).name("local").record(directory.resolve("recordings"))).awaitEnd();
        Path folder = recorded(" failed");

        assertThat(lastLine(folder)).contains("failed unsent Provider 'local': no connection to 127.0.0.1:" + port);
        assertThat(lines(folder, "request.http").get(0)).startsWith("POST http://127.0.0.1:" + port);
        assertThat(folder.resolve("response.http")).doesNotExist();
    }

    @Test
    void aRequestThatFindsNoRoomIsRecorded() {
        fixture.server.enqueue(Answer.empty().with(Fault.stallBeforeHead()));
        ProviderSettings settings = settings().concurrency(1, 0).build();
        HttpTransport transport = fixture.transport(settings);
        fixture.open(transport, request(settings), new RecordingListener());
        RecordingListener refused = new RecordingListener();
        fixture.open(transport, request(settings), refused);
        refused.awaitEnd();

        await().atMost(RecordingListener.AT_MOST).ignoreExceptions().until(() -> folders().stream()
                .anyMatch(folder -> lastLine(folder).contains("failed unsent Provider 'local': 1 requests are under way")));
    }

    @Test
    void whatWaitsBeforeTheRequestIsSentIsNoTimeOfTheServer() {
        fixture.server.enqueue(Answer.text("a").pause(Duration.ofMillis(300)), Answer.text("b"));
        ProviderSettings settings = settings().concurrency(1, 1).build();
        HttpTransport transport = fixture.transport(settings);
        long asked = System.nanoTime();
        fixture.open(transport, request(settings), new RecordingListener());
        RecordingListener second = new RecordingListener();
        fixture.open(transport, request(settings), second);
        second.awaitEnd();
        double total = (System.nanoTime() - asked) / 1e6;
        await().atMost(RecordingListener.AT_MOST).ignoreExceptions().until(() -> lastLine(folders().get(1)).endsWith(" end"));

        assertThat(Double.parseDouble(lastLine(folders().get(1)).split(" ")[0])).isLessThan(total - 299);
    }

    @Test
    void aCancelledExchangeIsRecordedAsThat() {
        fixture.server.enqueue(Answer.endless());
        ProviderSettings settings = settings().build();
        RecordingListener listener = new RecordingListener();
        Exchange exchange = fixture.open(fixture.transport(settings), request(settings), listener);
        await().atMost(RecordingListener.AT_MOST).until(() -> listener.calls.size() > 3);
        fixture.onLoop(exchange::cancel);

        recorded(" cancelled");
    }

    @Test
    void aDirectoryThatCannotBeWrittenDoesNotDisturbTheExchange() throws IOException {
        Files.writeString(directory.resolve("recordings"), "a file");
        fixture.server.enqueue(Answer.sse(STREAM));

        assertThat(exchange(settings()).awaitEnd()).endsWith("end");
    }

    @Test
    void exchangesAtTheSameTimeHaveFoldersOfTheirOwn() {
        for (int i = 0; i < 20; i++) {
            fixture.server.enqueue(Answer.sse(STREAM));
        }
        ProviderSettings settings = settings().build();
        HttpTransport transport = fixture.transport(settings);
        IntStream.range(0, 20).mapToObj(i -> {
            RecordingListener listener = new RecordingListener();
            fixture.open(transport, request(settings), listener);
            return listener;
        }).toList().forEach(RecordingListener::awaitEnd);

        await().atMost(RecordingListener.AT_MOST).until(() -> folders().size() == 20
                && folders().stream().allMatch(folder -> lastLine(folder).endsWith(" end")));
        assertThat(folders()).allSatisfy(folder -> assertThat(folder.getFileName().toString())
                .matches("\\d{8}-\\d{6}\\.\\d{3}-local-\\d+"));
    }

    @Test
    void closingWritesWhatIsNotWrittenYet() {
        fixture.server.enqueue(Answer.sse(STREAM));
        ProviderSettings settings = settings().build();
        HttpTransport transport = fixture.transport(settings);
        RecordingListener listener = new RecordingListener();
        fixture.open(transport, request(settings), listener);
        listener.awaitEnd();
        transport.close().toCompletionStage().toCompletableFuture().join();

        assertThat(lastLine(folders().get(0))).endsWith(" end");
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void aRecordingIsReplayedAsItCame(boolean timed) {
        fixture.server.enqueue(Answer.reasoning("Hm").thenText("Hel", "lo").thenToolCall("call_1", "f", "{\"a\":", "1}"));
        List<String> original = exchange(settings()).awaitEnd();
        Answer replay = Answer.recording(recorded(" end"));
        fixture.server.enqueue(timed ? replay.withTiming() : replay);

        assertThat(fixture.stream(fixture.settings()).awaitEnd()).isEqualTo(original).hasSizeGreaterThan(6);
    }

    @Test
    void aBrokenConnectionIsReplayedAsOne() {
        fixture.server.enqueue(Answer.text("a", "b", "c").with(Fault.dropAfterEvents(2)));
        List<String> original = exchange(settings()).awaitEnd();
        fixture.server.enqueue(Answer.recording(recorded(" failed")));

        assertThat(fixture.stream(fixture.settings()).awaitEnd()).isEqualTo(original).endsWith("failed");
    }

    @Test
    void theRecordedRequestCanBeReadBack() {
        fixture.server.enqueue(Answer.sse(STREAM));
        exchange(settings()).awaitEnd();

        RecordedRequest request = RecordedRequest.recording(recorded(" end"));

        assertThat(request.json().getString("model")).isEqualTo("m");
        assertThat(request.header("x-team")).isEqualTo("blue");
    }

    @Test
    void nothingIsRecordedUnasked() {
        fixture.server.enqueue(Answer.sse(STREAM));
        fixture.stream(fixture.settings()).awaitEnd();

        assertThat(directory).isEmptyDirectory();
    }
}
