package io.quarkiverse.llm.gateway.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutageLogTest {

    private static final Throwable CAUSE = new IllegalStateException("Connection refused: localhost:6379");

    private final AtomicLong nanos = new AtomicLong();
    private final OutageLog log = new OutageLog(nanos::get);
    private final Logger logger = Logger.getLogger(StateStore.class.getName());
    private final List<String> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.INFO.intValue()) {
                lines.add(((ExtLogRecord) logged).getFormattedMessage());
            }
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(handler);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void anOutageIsToldOnceAndItsEndOnce() {
        for (int i = 0; i < 5; i++) {
            log.fails(CAUSE);
            pass(Duration.ofMinutes(1));
        }
        log.works();
        log.works();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("fails: ", "Connection refused: localhost:6379");
        assertThat(lines.get(1)).endsWith("works again");
    }

    @Test
    void aStoreThatComesAndGoesIsToldOfOnceInAMinute() {
        for (int i = 0; i < 120; i++) {
            log.fails(CAUSE);
            log.works();
            pass(Duration.ofSeconds(1));
        }
        assertThat(lines).hasSize(4);
    }

    @Test
    void neitherKeysNorValuesAreTold() {
        log.fails(new IllegalStateException("Keys of \"*5\r\n$4\r\nEVAL\r\n$7\r\nsecret1\r\n\" are apart (CROSSSLOT)"));
        assertThat(lines).singleElement().asString().doesNotContain("secret1")
                .contains("key-prefix must have braces, such as {quarkus-llm}:");
    }

    @Test
    void oneThatWorksIsNotWorthALine() {
        log.works();
        assertThat(lines).isEmpty();
    }
}
