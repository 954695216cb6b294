package io.quarkiverse.llm.scripted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.vertx.core.buffer.Buffer;

/**
 * A recorded exchange: a folder with {@code request.http}, {@code response.http}, the body of the response and
 * {@code timing.txt}. No answer came where {@code response.http} is missing.
 */
final class Recording {

    private static final String REQUEST = "request.http";
    private static final String RESPONSE = "response.http";
    private static final List<String> BODIES = List.of("response.sse", "response.json", "response.txt");

    /** What the connection of the replay has in its own way. */
    private static final Set<String> LEFT_OUT = Set.of("content-length", "transfer-encoding", "content-encoding", "connection",
            "keep-alive", "date");

    private final Path folder;

    private Recording(Path folder) {
        this.folder = folder;
    }

    static Recording of(Path folder) {
        if (!Files.isRegularFile(folder.resolve(REQUEST))) {
            throw new IllegalArgumentException(folder + " is no recorded exchange: it has no " + REQUEST);
        }
        return new Recording(folder);
    }

    static List<Recording> allOf(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Recording> all = entries.filter(entry -> Files.isRegularFile(entry.resolve(REQUEST)))
                    .sorted(RecordingOrder.BY_NAME).map(Recording::of).toList();
            if (all.isEmpty()) {
                throw new IllegalArgumentException(directory + " has no recorded exchanges: none of its folders has a "
                        + REQUEST);
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException("The recordings in " + directory + " cannot be listed: " + e, e);
        }
    }

    Path folder() {
        return folder;
    }

    RecordedRequest request() {
        HttpText text = HttpText.parse(folder.resolve(REQUEST), bytes(REQUEST));
        return RecordedRequest.of(1, text.word(0), text.word(1), text.headers(), text.body());
    }

    boolean isAnswered() {
        return Files.isRegularFile(folder.resolve(RESPONSE));
    }

    /** What there was in place of an answer. */
    Fault silence() {
        boolean stalled = timing().filter(timing -> timing.ending() == Ending.STALL).isPresent();
        return stalled ? Fault.stallBeforeHead() : Fault.dropBeforeHead();
    }

    private HttpText response() {
        return HttpText.parse(folder.resolve(RESPONSE), bytes(RESPONSE));
    }

    int status() {
        String status = response().word(1);
        if (!status.matches("[1-9]\\d\\d")) {
            throw new IllegalArgumentException(folder.resolve(RESPONSE) + " does not begin with a status line, such as "
                    + "HTTP/1.1 200 OK");
        }
        return Integer.parseInt(status);
    }

    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>(response().headers());
        headers.keySet().removeIf(name -> name.startsWith(":") || LEFT_OUT.contains(name));
        return headers;
    }

    /** The body event by event, or in one piece where it is no event stream, and how it ended. */
    List<Piece> pieces() {
        Path file = bodyFile();
        Buffer body = Buffer.buffer(bytes(file.getFileName().toString()));
        List<Piece> pieces = new ArrayList<>();
        if (file.toString().endsWith(".sse")) {
            RecordedEvents.of(body).forEachRemaining(pieces::add);
        } else if (body.length() > 0) {
            pieces.add(new Piece.Data(body, true));
        }
        timing().flatMap(Timing::stop).ifPresent(pieces::add);
        return pieces;
    }

    /** The body as it arrived, with the waits between. */
    List<Piece> pieces(double speed) {
        Path file = bodyFile();
        Timing timing = timing().orElseThrow(() -> new IllegalArgumentException(folder + " has no " + Timing.FILE
                + ", so its timing cannot be replayed"));
        return timing.pieces(file, Buffer.buffer(bytes(file.getFileName().toString())), speed);
    }

    private Path bodyFile() {
        List<Path> files = BODIES.stream().map(folder::resolve).filter(Files::isRegularFile).toList();
        if (files.size() != 1) {
            throw new IllegalArgumentException(folder + " must have one of " + String.join(", ", BODIES) + " beside its "
                    + RESPONSE + ", and has " + files.size());
        }
        return files.get(0);
    }

    private Optional<Timing> timing() {
        Path file = folder.resolve(Timing.FILE);
        return Files.isRegularFile(file) ? Optional.of(Timing.parse(file, Buffer.buffer(bytes(Timing.FILE)).toString()))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private byte[] bytes(String file) {
        try {
            return Files.readAllBytes(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(folder.resolve(file) + " cannot be read: " + e, e);
        }
    }
}
