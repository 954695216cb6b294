package io.quarkiverse.llm.runtime.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

import io.vertx.core.buffer.Buffer;

/**
 * Writes one exchange into a folder, in files that people can read and the test kit can replay:
 * <ul>
 * <li>{@code request.http}: request line, headers and body, as editors for HTTP files take them;</li>
 * <li>{@code response.http}: status line and headers;</li>
 * <li>{@code response.sse}, {@code .json} or {@code .txt}: the bytes of the body as they arrived;</li>
 * <li>{@code timing.txt}: when what arrived, and how it ended.</li>
 * </ul>
 * Secrets are masked in all of them. A recording that cannot be written ends there; the exchange goes on.
 */
final class Recording implements ExchangeTap {

    private static final double NANOS_PER_MILLI = 1e6;
    /** About what an arrival without bytes costs until it is written. */
    private static final int OVERHEAD = 200;

    private final Recordings recordings;
    private final Path folder;
    private final String origin;
    private final ExchangeMask mask;
    private final MaskedBytes masked;
    /** When it was sent; until then, when it was asked for. */
    private long sent;
    private boolean lost;

    /** These three are the writing thread's. */
    private OutputStream body;
    private Writer timing;
    private boolean broken;

    Recording(Recordings recordings, Path folder, String origin, ExchangeMask mask) {
        this.recordings = recordings;
        this.folder = folder;
        this.origin = origin;
        this.mask = mask;
        this.masked = mask.bytes();
    }

    @Override
    public void request(OutgoingRequest request) {
        sent = System.nanoTime();
        String text = request.method() + " " + origin + mask.target(request.target()) + " HTTP/1.1\n"
                + lines(mask.requestHeaders(request.headers())) + "\n" + mask.requestBody(request.body());
        write(text.length(), () -> {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("request.http"), text);
            timing = Files.newBufferedWriter(folder.resolve("timing.txt"));
            timing.write("# milliseconds since the request was sent, and what came then\n");
            timing.flush();
        });
    }

    @Override
    public void sent() {
        sent = System.nanoTime();
    }

    @Override
    public void head(Head head) {
        String time = time();
        String text = head.version() + " " + head.status() + "\n" + lines(mask.answerHeaders(head.headers()));
        write(text.length(), () -> {
            Files.writeString(folder.resolve("response.http"), text);
            body = Files.newOutputStream(folder.resolve("response" + extension(head.contentType())));
            arrived(time, "head");
        });
    }

    private static String extension(String contentType) {
        return contentType.contains("text/event-stream") ? ".sse" : contentType.contains("json") ? ".json" : ".txt";
    }

    @Override
    public void bytes(Buffer bytes) {
        String time = time();
        byte[] part = bytes.getBytes();
        write(part.length, () -> {
            body.write(masked.next(part));
            arrived(time, Integer.toString(part.length));
        });
    }

    @Override
    public void ended(String how) {
        String time = time();
        write(0, () -> {
            if (body != null) {
                body.write(masked.rest());
            }
            arrived(time, mask.text(how.replaceAll("\\s+", " ")));
            close();
        });
    }

    private void arrived(String time, String what) throws IOException {
        timing.write(time + " " + what + "\n");
        timing.flush();
    }

    private String time() {
        return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - sent) / NANOS_PER_MILLI);
    }

    private static String lines(Map<String, String> headers) {
        StringBuilder lines = new StringBuilder();
        headers.forEach((name, value) -> lines.append(name).append(": ").append(value).append('\n'));
        return lines.toString();
    }

    private void write(int bytes, Recordings.Writing writing) {
        if (!lost && !recordings.write(bytes + OVERHEAD, () -> attempt(writing))) {
            // what follows would stand at the wrong place
            lost = true;
            recordings.incomplete("the disk is slower than the servers");
            String time = time();
            recordings.writeLast(() -> attempt(() -> {
                if (timing != null) {
                    arrived(time, "failed the recording was given up: the disk is slower than the servers");
                }
                close();
            }));
        }
    }

    private void attempt(Recordings.Writing writing) {
        if (broken) {
            return;
        }
        try {
            writing.write();
        } catch (IOException | RuntimeException e) {
            broken = true;
            recordings.incomplete(e.toString());
            close();
        }
    }

    private void close() {
        close(body);
        close(timing);
    }

    private void close(Closeable file) {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                recordings.incomplete(e.toString());
            }
        }
    }
}
