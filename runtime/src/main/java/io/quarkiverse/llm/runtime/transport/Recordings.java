package io.quarkiverse.llm.runtime.transport;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;

/**
 * The recorded exchanges of one provider, a folder each. Files are written in order by a thread of their own, which all
 * providers share: a slow disk slows down no exchange.
 */
final class Recordings {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss.SSS").withZone(ZoneOffset.UTC);
    /** What may wait to be written by default, in bytes. */
    private static final long MOST_WAITING = 64L * 1024 * 1024;

    private final Path directory;
    private final ProviderSettings settings;
    private final Consumer<String> incomplete;
    private final long mostWaiting;
    private final WorkerExecutor writer;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();

    /** A change to the files. */
    interface Writing {

        void write() throws IOException;
    }

    Recordings(Path directory, ProviderSettings settings, ExchangeLog log, Vertx vertx) {
        this(directory, settings, log::notRecorded, vertx, MOST_WAITING);
    }

    /**
     * @param incomplete is told why something is not recorded
     */
    Recordings(Path directory, ProviderSettings settings, Consumer<String> incomplete, Vertx vertx, long mostWaiting) {
        this.directory = directory;
        this.settings = settings;
        this.incomplete = incomplete;
        this.mostWaiting = mostWaiting;
        this.writer = vertx.createSharedWorkerExecutor("quarkus-llm-recordings", 1);
    }

    Recording begin(ExchangeMask mask) {
        String provider = settings.name().equals(LlmClient.DEFAULT) ? "default" : settings.name();
        String folder = TIME.format(Instant.now()) + "-" + provider.replaceAll("[^A-Za-z0-9._-]", "_") + "-"
                + numbers.incrementAndGet();
        return new Recording(this, directory.resolve(folder), settings.endpoint().origin(), mask);
    }

    /**
     * @param bytes that are kept until it is written
     * @return whether it will be written
     */
    boolean write(int bytes, Runnable writing) {
        if (waiting.addAndGet(bytes) > mostWaiting) {
            waiting.addAndGet(-bytes);
            return false;
        }
        writeLast(() -> {
            try {
                writing.run();
            } finally {
                waiting.addAndGet(-bytes);
            }
        });
        return true;
    }

    /** However much waits: what closes the files. */
    void writeLast(Runnable writing) {
        writer.executeBlocking(() -> {
            writing.run();
            return null;
        }, false);
    }

    void incomplete(String why) {
        incomplete.accept(why);
    }

    /** After all that waits is written. */
    Future<Void> close() {
        return writer.executeBlocking(() -> null, false).transform(written -> writer.close());
    }
}
