package io.quarkiverse.llm.gateway.runtime.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.awaitility.Awaitility;
import org.jboss.logmanager.ExtLogRecord;

/** What is logged in a category and below it, from the start on. */
final class LogLines extends Handler implements AutoCloseable {

    private static final String REQUESTS = "io.quarkiverse.llm.gateway.requests";

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level before;

    private LogLines(String category, Level level) {
        logger = Logger.getLogger(category);
        before = logger.getLevel();
        logger.setLevel(level);
        logger.addHandler(this);
    }

    /** Of everything, as applications log it. */
    static LogLines all() {
        return new LogLines("", Level.INFO);
    }

    static LogLines of(String category, Level level) {
        return new LogLines(category, level);
    }

    @Override
    public void publish(LogRecord logged) {
        records.add(logged);
    }

    List<String> lines() {
        return records.stream().map(LogLines::text).toList();
    }

    private static String text(LogRecord logged) {
        return logged instanceof ExtLogRecord extended ? extended.getFormattedMessage() : logged.getMessage();
    }

    /** Those of this level or worse. */
    List<String> from(Level level) {
        return records.stream().filter(logged -> logged.getLevel().intValue() >= level.intValue()).map(LogLines::text).toList();
    }

    /** What the gateway says of its requests. */
    List<String> requests() {
        return records.stream().filter(logged -> REQUESTS.equals(logged.getLoggerName())).map(LogLines::text).toList();
    }

    /** Waits for the line of the only request. */
    String request() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !requests().isEmpty());
        return requests().get(0);
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(before);
    }
}
