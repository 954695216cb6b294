package io.quarkiverse.llm.runtime.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** What becomes of a recording when more waits to be written than may wait. */
class RecordingLimitTest {

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** One exchange with a large answer, and what was said about its recording. */
    private List<String> record(long mostWaiting) {
        ProviderSettings settings = TestSettings.of("http://h").build();
        OutgoingRequest request = new OutgoingRequest("POST", "/v1/x", Map.of(), "{}".getBytes(UTF_8), true,
                settings.timeLimits());
        List<String> said = new CopyOnWriteArrayList<>();
        Recordings recordings = new Recordings(directory, settings, said::add, vertx, mostWaiting);
        Recording recording = recordings.begin(new ExchangeMask(settings, request));
        recording.request(request);
        recording.head(new Head("HTTP/1.1", 200, Map.of("content-type", "text/event-stream")));
        recording.bytes(Buffer.buffer(new byte[100_000]));
        recording.bytes(Buffer.buffer("more"));
        recording.ended("end");
        recordings.close().toCompletionStage().toCompletableFuture().join();
        return said;
    }

    private Path folder() throws IOException {
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.findFirst().orElseThrow();
        }
    }

    @Test
    void whatDoesNotFitEndsTheRecordingWithAReason() throws IOException {
        assertThat(record(10_000)).containsExactly("the disk is slower than the servers");

        List<String> timing = Files.readAllLines(folder().resolve("timing.txt"));
        assertThat(timing.get(timing.size() - 1)).endsWith(" failed the recording was given up: the disk is slower than the "
                + "servers");
        assertThat(folder().resolve("response.sse")).isEmptyFile();
    }

    @Test
    void whenNotEvenTheRequestFitsThereIsNoRecording() {
        assertThat(record(-1)).containsExactly("the disk is slower than the servers");

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noFileStaysOpen() throws IOException {
        record(10_000);

        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(open.map(RecordingLimitTest::target)).noneMatch(file -> file.startsWith(directory.toString()));
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            // closed meanwhile
            return "";
        }
    }
}
