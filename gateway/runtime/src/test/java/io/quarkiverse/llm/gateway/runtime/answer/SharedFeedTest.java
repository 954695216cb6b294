package io.quarkiverse.llm.gateway.runtime.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.state.EventLog;
import io.quarkiverse.llm.gateway.runtime.state.JobMark;
import io.quarkiverse.llm.gateway.runtime.state.JobMark.Kind;
import io.quarkiverse.llm.gateway.runtime.state.JobTimes;
import io.quarkiverse.llm.gateway.runtime.state.StoredJobs;
import io.quarkiverse.llm.gateway.runtime.state.Window;
import io.quarkiverse.llm.gateway.runtime.store.CaffeineStateStore;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;
import io.quarkiverse.llm.runtime.wire.responses.ReasoningDialect;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesServerCodec;

/** How an instance follows a response that another one makes. */
class SharedFeedTest {

    /** More looks than a stack has room for, if each kept a frame of its own. */
    private static final int LOOKS = 20_000;
    private static final RawJson OPEN = RawJson.verbatim("{\"id\":\"resp_1\",\"status\":\"queued\",\"background\":true}");

    private final AtomicInteger looks = new AtomicInteger();
    private final ConcurrentHashMap<String, AtomicInteger> reads = new ConcurrentHashMap<>();
    private final StateStore kept = new CaffeineStateStore(Duration.ofHours(1), 100, 1_000_000);
    private final StateStore store = (StateStore) Proxy.newProxyInstance(StateStore.class.getClassLoader(),
            new Class<?>[] { StateStore.class }, (proxy, method, arguments) -> {
                if (method.getName().equals("get")) {
                    looks.incrementAndGet();
                    reads.computeIfAbsent((String) arguments[0], key -> new AtomicInteger()).incrementAndGet();
                }
                return method.invoke(kept, arguments);
            });
    private final StoredJobs jobs = new StoredJobs(store,
            new JobTimes(Duration.ofNanos(1), Duration.ofSeconds(1), Duration.ofMinutes(1)));
    private final EventLog log = new EventLog();

    private byte[] event(String json) {
        int before = log.bytes();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        log.event("response.output_text.delta", bytes, 0, bytes.length);
        return log.since(log.count() == 1 ? 0 : before);
    }

    @Test
    void aLongSilenceIsFollowedToItsEnd() throws Exception {
        JobMark mark = jobs.begin("o", OPEN, Window.EMPTY, Optional.of(event("{\"n\":0}"))).await().indefinitely();
        SharedFeed feed = new SharedFeed(jobs, new ResponsesServerCodec(ReasoningDialect.SUMMARY), "o", "resp_1", -1);
        assertThat(feed.next().await().atMost(Duration.ofSeconds(5))).hasSize(1);

        CompletableFuture<List<FedEvent>> next = feed.next().subscribeAsCompletionStage();
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> looks.get() > LOOKS);
        jobs.renew("o", "resp_1", mark, Kind.RUNNING, Optional.of(event("{\"n\":1}"))).await().indefinitely();

        assertThat(next.get(20, TimeUnit.SECONDS)).extracting(FedEvent::json)
                .containsExactly("{\"n\":1}".getBytes(StandardCharsets.UTF_8));
        // of a response that is being made only the mark is looked at
        assertThat(reads.keySet()).containsExactly("o/job/resp_1");
    }
}
