package io.quarkiverse.llm.deployment.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmListener;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.Repair;
import io.quarkus.test.QuarkusUnitTest;

/** Listeners are beans that nobody injects. */
class LlmListenerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(SloppyServer.class, Heard.class, Listening.class, Broken.class))
            .overrideConfigKey("quarkus.llm.base-url", SloppyServer.origin())
            .overrideConfigKey("quarkus.llm.wire-api", "responses")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.llm"))
            .assertLogRecords(records -> assertThat(records)
                    .allSatisfy(record -> assertThat(record.getMessage()).contains("failed to hear of repairs")));

    @Inject
    LlmProvider llm;

    @Inject
    Heard heard;

    @BeforeEach
    void forget() {
        heard.clear();
    }

    @Test
    void eachHearsOnceOfARepairedAnswer() {
        List<LlmEvent> events = llm.stream(LlmRequest.of("hello")).collect().asList().await().indefinitely();

        assertThat(events.get(events.size() - 1)).isInstanceOf(LlmEvent.ResponseCompleted.class);
        assertThat(heard.calls()).singleElement().satisfies(repairs -> assertThat(repairs).containsKey(Repair.MISSING_START));
    }

    @Test
    void eachHearsOnceOfARepairedAnswerThatFailed() {
        assertThatExceptionOfType(LlmTruncatedStreamException.class).isThrownBy(
                () -> llm.stream(LlmRequest.of(SloppyServer.BREAK_OFF)).collect().asList().await().indefinitely());

        assertThat(heard.calls()).singleElement().satisfies(repairs -> assertThat(repairs).containsKey(Repair.MISSING_START));
    }

    @ApplicationScoped
    public static class Heard {

        private final List<Map<Repair, Integer>> calls = new CopyOnWriteArrayList<>();

        void add(Map<Repair, Integer> repairs) {
            calls.add(repairs);
        }

        List<Map<Repair, Integer>> calls() {
            return calls;
        }

        void clear() {
            calls.clear();
        }
    }

    /** Has a provider itself, which is there before the first listener is needed. */
    @Singleton
    public static class Listening implements LlmListener {

        @Inject
        Heard heard;

        @Inject
        LlmProvider llm;

        @Override
        public void onRepairs(String provider, LlmRequest request, Map<Repair, Integer> repairs) {
            assertThat(llm.name()).isEqualTo(provider);
            heard.add(repairs);
        }
    }

    @ApplicationScoped
    public static class Broken implements LlmListener {

        @Override
        public void onRepairs(String provider, LlmRequest request, Map<Repair, Integer> repairs) {
            throw new IllegalStateException("on purpose");
        }
    }
}
