package io.quarkiverse.llm.deployment.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsPollTest {

    @TempDir
    Path directory;

    private final AtomicInteger told = new AtomicInteger();
    private final AtomicBoolean done = new AtomicBoolean(true);
    private Path file;
    private SettingsPoll poll;

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(directory.resolve("application.properties"), "a=1\n");
        poll = new SettingsPoll(() -> List.of(file, directory.resolve("application-dev.properties")), () -> {
            told.incrementAndGet();
            return done.get();
        });
        poll.start();
        await().until(() -> told.get() == 1);
    }

    @AfterEach
    void stop() {
        poll.close();
        await().until(() -> threads() == 0);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals(SettingsPoll.THREAD))
                .count();
    }

    @Test
    void aChangedFileIsToldOnce() throws IOException {
        Files.writeString(file, "a=22\n");

        await().until(() -> told.get() == 2);
        await().during(Duration.ofMillis(300)).until(() -> told.get() == 2);
    }

    @Test
    void aFileThatAppearsIsTold() throws IOException {
        Files.writeString(directory.resolve("application-dev.properties"), "a=3\n");

        await().until(() -> told.get() == 2);
    }

    @Test
    void aFileThatVanishesIsTold() throws IOException {
        Files.delete(file);

        await().until(() -> told.get() == 2);
    }

    @Test
    void aChangeIsToldUntilItIsDone() throws IOException {
        done.set(false);
        Files.writeString(file, "a=22\n");
        await().until(() -> told.get() >= 4);
    }

    @Test
    void afterTheEndTheThreadIsGone() {
        assertThat(threads()).isEqualTo(1);

        poll.close();

        await().until(() -> threads() == 0);
    }
}
