package io.quarkiverse.llm.messaging.runtime.remote;

import static io.quarkiverse.llm.messaging.runtime.remote.Pool.started;
import static io.quarkiverse.llm.messaging.runtime.remote.Pool.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTimeoutException.Limit;
import io.vertx.core.Context;

/** How long an answer is waited for. */
class RemoteTimeoutTest {

    /** Longer than this thread may stand still between two messages. */
    private static final String IDLE = "400ms";
    private static final long AFTER_THE_LIMIT_MILLIS = 900;

    @Test
    void withoutAWorkerTheFirstEventIsMissed() {
        Pool pool = new Pool(Map.of("first-event-timeout", "50ms"));
        LlmTimeoutException failure = pool.subscribe().failure(LlmTimeoutException.class);
        assertThat(failure.limit()).isEqualTo(Limit.FIRST_EVENT);
        assertThat(failure).hasMessageContaining("quarkus.llm-messaging.remotes.pool.first-event-timeout");
        assertThat(pool.cancels).hasSize(1);
    }

    @Test
    void anAnswerMayBeMissedBecauseItGoesElsewhere() {
        Pool pool = new Pool(Map.of("first-event-timeout", "50ms", "reply-to", "mine"));
        assertThat(pool.subscribe().failure(LlmTimeoutException.class)).hasMessageContaining("add workers, ")
                .hasMessageContaining("quarkus.llm-messaging.remotes.pool.reply-to is what the channel pool-events reads");
    }

    @Test
    void aWorkerThatFallsSilentIsMissed() {
        Pool pool = new Pool(Map.of("idle-timeout", IDLE));
        Listener listener = pool.subscribe();
        pool.attempt().send(started(1), text("a"));
        assertThat(listener.failure(LlmTimeoutException.class).limit()).isEqualTo(Limit.IDLE);
        assertThat(listener.text()).isEqualTo("a");
        assertThat(pool.cancels).hasSize(1);
    }

    @Test
    void aSubscriberThatTakesItsTimeIsNotTheWorkersSilence() {
        Pool pool = new Pool(Map.of("idle-timeout", IDLE));
        Context context = Pool.VERTX.getOrCreateContext();
        Listener listener = new Listener(2);
        context.runOnContext(there -> pool.provider.stream(Pool.REQUEST).subscribe(listener));
        await().atMost(Pool.patience()).until(() -> !pool.requests.isEmpty());
        pool.attempt().answer("a", "b");
        // an event loop comes to its timers in the order in which they are due, to that of the limit first
        CompletableFuture<Void> afterTheLimit = new CompletableFuture<>();
        context.runOnContext(there -> Pool.VERTX.setTimer(AFTER_THE_LIMIT_MILLIS, timer -> afterTheLimit.complete(null)));
        assertThat(afterTheLimit).succeedsWithin(Pool.patience());
        listener.subscription.request(10);
        assertThat(listener.end()).isEqualTo("complete");
    }

    @Test
    void theTimeoutOfTheRequestEndsTheAnswer() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe(LlmRequest.builder().user("Hi").timeout(Duration.ofMillis(80)).build(),
                new Listener());
        pool.attempt().send(started(1), text("a"));
        LlmTimeoutException failure = listener.failure(LlmTimeoutException.class);
        assertThat(failure.limit()).isEqualTo(Limit.TOTAL);
        assertThat(failure.duration()).isEqualTo(Duration.ofMillis(80));
        assertThat(pool.cancels).hasSize(1);
    }
}
