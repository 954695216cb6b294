package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The recordings of streams of the Responses API. */
final class RecordedStreams {

    static final Path LLAMA_CPP = Path.of("src/test/resources/corpus/llama-cpp");
    /** Recordings of hosted services, which may lie beside the project but are not part of it. */
    static final Path PROVIDERS = Path.of("../../shared/corpus/providers");
    static final String NO_PROVIDERS = "the recordings of hosted services are not here";

    private RecordedStreams() {
    }

    static Stream<Path> ofLlamaCpp() {
        return files(LLAMA_CPP).filter(file -> file.getFileName().toString().matches("resp_.*\\.sse"))
                .filter(file -> !read(file).contains("{\"error\":"));
    }

    /** The folder itself when it is not there. */
    static Stream<Path> ofProviders() {
        return Files.isDirectory(PROVIDERS)
                ? files(PROVIDERS).filter(file -> file.toString().endsWith(".jsonl"))
                        .filter(file -> read(file).contains("\"type\":\"response.created\""))
                : Stream.of(PROVIDERS);
    }

    static List<String> payloads(Path stream) {
        return read(stream).lines().filter(line -> line.startsWith("data: ")).map(line -> line.substring("data: ".length()))
                .toList();
    }

    /** Some recordings of hosted services hold the turns of a whole conversation. */
    static List<List<String>> turns(Path file) {
        List<List<String>> turns = new ArrayList<>();
        for (String line : read(file).lines().filter(text -> !text.isBlank()).toList()) {
            if (line.contains("\"type\":\"response.created\"")) {
                turns.add(new ArrayList<>());
            }
            turns.get(turns.size() - 1).add(line);
        }
        return turns;
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
