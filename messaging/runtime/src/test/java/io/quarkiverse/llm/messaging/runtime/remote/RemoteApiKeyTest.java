package io.quarkiverse.llm.messaging.runtime.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Secret;

/** Workers have their own API keys. */
class RemoteApiKeyTest extends Handler {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm.messaging");

    private final List<LogRecord> logged = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        LOG.addHandler(this);
    }

    @AfterEach
    void stop() {
        LOG.removeHandler(this);
    }

    @Test
    void aRemoteSaysOnceThatItDropsTheKeyOfARequest() {
        Pool pool = new Pool();
        pool.provider.stream(LlmRequest.of("Hi"));
        assertThat(logged).isEmpty();
        LlmRequest request = LlmRequest.builder().user("Hi").apiKey(Secret.of("sk-secret")).build();
        pool.provider.stream(request);
        pool.provider.stream(request);
        assertThat(logged).singleElement().satisfies(one -> {
            assertThat(one.getLevel().intValue()).isEqualTo(Level.WARNING.intValue());
            assertThat(((ExtLogRecord) one).getFormattedMessage()).startsWith("Provider 'pool' does not send the API key")
                    .doesNotContain("sk-secret");
        });
    }

    @Override
    public void publish(LogRecord record) {
        logged.add(record);
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
