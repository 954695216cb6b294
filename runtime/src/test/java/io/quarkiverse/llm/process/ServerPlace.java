package io.quarkiverse.llm.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where a server is that a test starts, and is again when it was killed: on ports that were free, and in a directory that goes
 * when this is closed.
 */
public record ServerPlace(Path directory, int port, int otherPort) implements AutoCloseable {

    /** @param name of the directory, with more behind */
    public static ServerPlace create(String name) {
        try (ServerSocket free = new ServerSocket(0); ServerSocket other = new ServerSocket(0)) {
            return new ServerPlace(Files.createTempDirectory(name), free.getLocalPort(), other.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
