package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.provider.WireFixture.AT_MOST;
import static io.quarkiverse.llm.runtime.provider.WireFixture.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmListener;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RepairReportTest {

    private final WireFixture fixture = new WireFixture();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final LlmListener listener = new LlmListener() {
        @Override
        public void onRepairs(String provider, LlmRequest request, Map<Repair, Integer> repairs) {
            heard.add(provider + " " + (request == REQUEST) + " " + repairs);
        }
    };

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aRepairedAnswerIsToldOnceItHasEnded() {
        fixture.server.respond(request -> Answer.text(TestCodec.REPAIRED, "a", TestCodec.REPAIRED));
        WireProvider provider = fixture.automatic(fixture.settings(), listener);
        fixture.subscribe(provider).awaitCompletion(AT_MOST);
        assertThat(heard).containsExactly("test true {MISSING_ITEM_ID=2}");
        fixture.server.respond(request -> Answer.text(TestCodec.REPAIRED));
        provider.complete(REQUEST).await().atMost(AT_MOST);
        assertThat(heard).containsExactly("test true {MISSING_ITEM_ID=2}", "test true {MISSING_ITEM_ID=1}");
    }

    @Test
    void aFailedAnswerIsToldToo() {
        fixture.server.enqueue(Answer.text(TestCodec.REPAIRED, "a").with(Fault.dropAfterEvents(2)));
        fixture.subscribe(fixture.automatic(fixture.settings(), listener)).awaitFailure(AT_MOST);
        assertThat(heard).containsExactly("test true {MISSING_ITEM_ID=1}");
    }

    @Test
    void aCancelledAnswerIsToldToo() {
        fixture.server.enqueue(Answer.text(TestCodec.REPAIRED, "a").with(Fault.stallAfterEvents(2)));
        AssertSubscriber<LlmEvent> subscriber = fixture.subscribe(fixture.automatic(fixture.settings(), listener));
        subscriber.awaitItems(2, AT_MOST).cancel();
        await().atMost(AT_MOST).untilAsserted(() -> assertThat(heard).containsExactly("test true {MISSING_ITEM_ID=1}"));
    }

    @Test
    void anAnswerWithoutRepairsIsNotTold() {
        fixture.server.enqueue(Answer.text("a"));
        fixture.subscribe(fixture.automatic(fixture.settings(), listener)).awaitCompletion(AT_MOST);
        assertThat(heard).isEmpty();
    }

    @Test
    void aListenerThatThrowsHarmsNeitherTheStreamNorTheOthers() {
        fixture.server.enqueue(Answer.text(TestCodec.REPAIRED));
        LlmListener broken = new LlmListener() {
            @Override
            public void onRepairs(String provider, LlmRequest request, Map<Repair, Integer> repairs) {
                throw new StackOverflowError("on purpose");
            }
        };
        List<String> lines = logged(
                () -> fixture.subscribe(fixture.automatic(fixture.settings(), broken, listener)).awaitCompletion(AT_MOST));
        assertThat(heard).hasSize(1);
        assertThat(lines).filteredOn(line -> line.startsWith("SEVERE") || line.startsWith("ERROR")).singleElement().asString()
                .contains("failed to hear of repairs");
    }

    @Test
    void eachKindOfRepairIsLoggedOnce() {
        fixture.server.respond(request -> Answer.text(TestCodec.REPAIRED));
        WireProvider provider = fixture.automatic(fixture.settings());
        List<String> lines = logged(() -> {
            fixture.subscribe(provider).awaitCompletion(AT_MOST);
            fixture.subscribe(provider).awaitCompletion(AT_MOST);
        });
        assertThat(lines).singleElement().asString().contains("Provider 'test'").contains("missing_item_id");
    }

    private static List<String> logged(Runnable action) {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                lines.add(logged.getLevel() + " " + logged.getMessage().formatted(logged.getParameters()));
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        };
        Logger logger = Logger.getLogger(RepairReport.class.getPackageName());
        Level before = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
        try {
            action.run();
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(before);
        }
        return lines;
    }
}
