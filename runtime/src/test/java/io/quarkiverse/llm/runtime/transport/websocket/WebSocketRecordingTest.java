package io.quarkiverse.llm.runtime.transport.websocket;

import static io.quarkiverse.llm.runtime.transport.RecordingListener.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.WebSocketMode;

/** What recordings show of exchanges over WebSockets. */
class WebSocketRecordingTest {

    private final SocketFixture fixture = new SocketFixture();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        fixture.close();
    }

    private Taker ask() {
        return fixture.ask(fixture.settings().record(directory));
    }

    private List<Path> folders() {
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path recorded(String ending) {
        await().atMost(AT_MOST).until(() -> folders().size() == 1 && Files.exists(folders().get(0).resolve("timing.txt"))
                && text("timing.txt").stripTrailing().matches("(?s).* " + ending + "[^\\n]*"));
        return folders().get(0);
    }

    private String text(String file) {
        try {
            return Files.readString(folders().get(0).resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theMessageIsTheBodyOfTheRequest() {
        fixture.server.enqueue(Answer.text("a"));
        ask().awaitText();
        recorded("end");
        assertThat(text("request.http").lines()).containsExactly(
                "GET " + fixture.server.origin() + "/v1/responses HTTP/1.1", "authorization: ***", "upgrade: websocket", "",
                SocketFixture.FRAME);
    }

    @Test
    void theAnswerIsAnEventStreamThatCanBeReplayed() {
        fixture.server.enqueue(Answer.text("Hel", "lo"));
        Taker taker = ask();
        taker.awaitText();
        Path folder = recorded("end");
        assertThat(text("response.http")).startsWith("HTTP/1.1 200\n").contains("content-type: text/event-stream\n");

        fixture.server.enqueue(Answer.recording(folder));
        Taker again = fixture.ask(fixture.settings());

        assertThat(again.awaitText()).isEqualTo("Hello");
        assertThat(again.events()).isEqualTo(taker.events());
    }

    @Test
    void aRefusedUpgradeIsRecorded() {
        fixture.server.webSocket(WebSocketMode.refused(426));
        ask().awaitEnd();
        recorded("end");
        assertThat(text("response.http")).startsWith("HTTP/1.1 426\n");
        assertThat(text("response.json")).contains("refuses WebSockets");
    }

    @Test
    void aCutIsRecorded() {
        fixture.server.enqueue(Answer.text("a").with(Fault.closeAfterEvents(2, 1011)));
        ask().awaitEnd();
        recorded("failed connection");
        assertThat(text("response.sse").lines().filter(line -> line.startsWith("data: "))).hasSize(2);
    }
}
