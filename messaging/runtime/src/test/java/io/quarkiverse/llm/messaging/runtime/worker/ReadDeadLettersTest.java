package io.quarkiverse.llm.messaging.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of dead letters that stand among the requests. */
class ReadDeadLettersTest extends Handler {

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("io.quarkiverse.llm.messaging");
    private final WorkerFixture fixture = new WorkerFixture();

    @BeforeEach
    void listen() {
        logger.addHandler(this);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(this);
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "1", "99" })
    void aDeadLetterIsFinishedWithAWarningAndNotWrittenAgain(String version) {
        long taken = fixture.demand.get();
        fixture.awaitAcknowledged(fixture.sendRaw(Map.of("llm-version", version, "llm-type", "dead_letter",
                "llm-correlation-id", "a", "llm-reason", "It is no request"), "{broken".getBytes()));
        await().until(() -> fixture.demand.get() == taken);
        assertThat(fixture.deadLetters.all()).isEmpty();
        assertThat(fixture.events.all()).isEmpty();
        assertThat(fixture.responses.all()).isEmpty();
        assertThat(warnings).singleElement().asString().startsWith("The dead letter a stands where the worker pool@")
                .endsWith(" takes its requests. It is finished there and not written again: let dead letters go elsewhere");
    }

    @Override
    public void publish(LogRecord line) {
        warnings.add(((ExtLogRecord) line).getFormattedMessage());
    }

    @Override
    public void flush() {
        // nothing waits
    }

    @Override
    public void close() {
        // nothing is open
    }
}
