package io.quarkiverse.llm.deployment.dev;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

/**
 * Looks for changed files by itself: Quarkus scans only on a request or a key press. Tells of a change when the files have
 * rested for a moment, so that a half-written one is not taken for the new one.
 */
final class SettingsPoll implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SettingsPoll.class);

    static final String THREAD = "quarkus-llm-settings";
    private static final long INTERVAL_MILLIS = 50;

    private final Supplier<? extends Collection<Path>> files;
    private final BooleanSupplier changed;
    private final Thread thread = new Thread(this::run, THREAD);
    private volatile boolean closed;

    private record Stamp(long modified, long size) {

        static Stamp of(Path file) {
            return new Stamp(file.toFile().lastModified(), file.toFile().length());
        }
    }

    /**
     * @param files asked each time; some may not exist
     * @param changed called on the thread of the poll after each change, and again until it returns true
     */
    SettingsPoll(Supplier<? extends Collection<Path>> files, BooleanSupplier changed) {
        this.files = files;
        this.changed = changed;
        thread.setDaemon(true);
        // not that of the build, which would stay in memory with it
        thread.setContextClassLoader(SettingsPoll.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    private void run() {
        // the first round is a change: files may have changed since they were last read
        List<Stamp> known = List.of();
        boolean done = false;
        while (!closed) {
            List<Stamp> now = files.get().stream().map(Stamp::of).toList();
            if (!now.equals(known)) {
                known = now;
                done = false;
            } else if (!done) {
                done = tell();
            }
            try {
                Thread.sleep(INTERVAL_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean tell() {
        try {
            return changed.getAsBoolean();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("A change of application.properties was not looked at: press s to restart", e);
            return true;
        }
    }

    /** Ends the thread, at latest after the call that it is in. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
