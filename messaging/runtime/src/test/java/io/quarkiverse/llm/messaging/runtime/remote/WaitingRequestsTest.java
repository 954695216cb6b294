package io.quarkiverse.llm.messaging.runtime.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmOverloadedException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelOutbox;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;

/** Requests that the channel does not take yet. */
class WaitingRequestsTest {

    private final ChannelOutbox outbox = new ChannelOutbox("pool-requests",
            new MessageMapper(channel -> Optional.empty(), List.of()));

    private Pool pool(Map<String, String> settings) {
        return new Pool(settings, outbox);
    }

    /** Whose request waits, or who is refused. */
    private Listener ask(Pool pool, LlmRequest request) {
        int before = outbox.waiting();
        Listener listener = new Listener();
        pool.provider.stream(request).subscribe(listener);
        await().atMost(Pool.patience()).until(() -> outbox.waiting() > before || !listener.ends.isEmpty());
        return listener;
    }

    @Test
    void aRequestWhoseCallerIsGoneIsNeverSentAndNeedsNoCancel() {
        Pool pool = pool(Map.of());
        Listener gone = ask(pool, Pool.REQUEST);
        ask(pool, Pool.REQUEST);
        gone.subscription.cancel();
        await().atMost(Pool.patience()).until(() -> outbox.waiting() == 1);

        AssertSubscriber<Message<?>> channel = outbox.subscribe().withSubscriber(AssertSubscriber.create(10));
        assertThat(channel.getItems()).hasSize(1);
        assertThat(pool.cancels).isEmpty();
    }

    @Test
    void aRequestWhoseTimeIsOverIsNeverSentAndNeedsNoCancel() {
        Pool pool = pool(Map.of());
        Listener late = ask(pool, LlmRequest.builder().user("Hi").timeout(Duration.ofMillis(200)).build());
        late.failure(LlmTimeoutException.class);

        AssertSubscriber<Message<?>> channel = outbox.subscribe().withSubscriber(AssertSubscriber.create(10));
        channel.assertHasNotReceivedAnyItem();
        assertThat(pool.cancels).isEmpty();
    }

    @Test
    void aRequestThatTheChannelHasTakenIsCancelled() {
        Pool pool = pool(Map.of());
        AssertSubscriber<Message<?>> channel = outbox.subscribe().withSubscriber(AssertSubscriber.create(10));
        Listener gone = new Listener();
        pool.provider.stream(Pool.REQUEST).subscribe(gone);
        await().atMost(Pool.patience()).until(() -> channel.getItems().size() == 1);
        gone.subscription.cancel();
        await().atMost(Pool.patience()).until(() -> pool.cancels.size() == 1);
    }

    @Test
    void aRequestForAChannelThatIsClosedNeedsNoCancel() {
        Pool pool = pool(Map.of());
        outbox.subscribe().withSubscriber(AssertSubscriber.create(10)).cancel();
        assertThat(ask(pool, Pool.REQUEST).failure(LlmTransportException.class)).hasMessageContaining("is closed");
        assertThat(pool.cancels).isEmpty();
    }

    @Test
    void whenTooManyWaitAFurtherOneIsRefusedAndToldTheKey() {
        Pool pool = pool(Map.of("max-waiting-requests", "2"));
        Listener first = ask(pool, Pool.REQUEST);
        ask(pool, Pool.REQUEST);
        LlmOverloadedException failure = ask(pool, Pool.REQUEST).failure(LlmOverloadedException.class);
        assertThat(failure).hasMessageContaining("quarkus.llm-messaging.remotes.pool.max-waiting-requests")
                .hasMessageContaining("2 requests");
        assertThat(failure.isRetryable()).isTrue();
        assertThat(pool.cancels).isEmpty();

        first.subscription.cancel();
        await().atMost(Pool.patience()).until(() -> outbox.waiting() == 1);
        assertThat(ask(pool, Pool.REQUEST).ends).isEmpty();
        assertThat(outbox.waiting()).isEqualTo(2);
    }
}
