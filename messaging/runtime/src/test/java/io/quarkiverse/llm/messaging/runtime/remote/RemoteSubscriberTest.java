package io.quarkiverse.llm.messaging.runtime.remote;

import static io.quarkiverse.llm.messaging.runtime.remote.Pool.completed;
import static io.quarkiverse.llm.messaging.runtime.remote.Pool.started;
import static io.quarkiverse.llm.messaging.runtime.remote.Pool.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmLimitException;
import io.vertx.core.Context;

/** Subscribers that are slow, broken or gone, and where they are told. */
class RemoteSubscriberTest {

    @Test
    void cancellingTellsTheWorkers() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        pool.attempt().send(started(1), text("a"));
        listener.sees(2);
        listener.subscription.cancel();
        await().until(() -> pool.cancels.size() == 1);
        assertThat(pool.cancels.get(0).headers().correlationId()).isEqualTo(pool.requests.get(0).headers().correlationId());
        assertThat(listener.ends).isEmpty();
    }

    @Test
    void cancellingAfterTheLastEventTellsNobody() throws Exception {
        Pool pool = new Pool();
        CompletableFuture<Object> last = new CompletableFuture<>();
        pool.provider.stream(Pool.REQUEST).filter(LlmEvent.ResponseCompleted.class::isInstance).toUni().subscribe()
                .with(last::complete);
        await().until(() -> !pool.requests.isEmpty());
        pool.attempt().answer("a");
        last.get();
        // a stream that begins later on the same channel is over, too
        Listener next = pool.subscribe();
        pool.attempt().answer("b");
        next.end();
        assertThat(pool.cancels).isEmpty();
    }

    @Test
    void onlyWhatIsAskedForIsHandedOn() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe(Pool.REQUEST, new Listener(2));
        pool.attempt().answer("a", "b", "c");
        listener.sees(2);
        listener.subscription.request(1);
        listener.sees(3);
        assertThat(listener.events).containsExactly(started(1), text("a"), text("b"));
        listener.subscription.request(2);
        assertThat(listener.end()).isEqualTo("complete");
    }

    @Test
    void aSubscriberThatIsTooSlowFailsAloneAndIsToldTheKey() {
        Pool pool = new Pool(Map.of("max-waiting-size", "10K"));
        Listener slow = pool.subscribe(Pool.REQUEST, new Listener(2));
        Pool.Attempt toSlow = pool.attempt();
        Listener fast = pool.subscribe();
        Pool.Attempt toFast = pool.attempt();
        toSlow.send(started(1), text("a"));
        toFast.send(started(1));
        slow.sees(2);
        for (int i = 0; i < 300; i++) {
            toSlow.send(text("0123456789"));
            toFast.send(text("x"));
            if (i % 50 == 0) {
                fast.sees(i + 2);
            }
        }
        await().until(() -> pool.cancels.size() == 1);
        slow.subscription.request(1);
        assertThat(slow.failure(LlmLimitException.class).key()).isEqualTo("max-waiting-size");
        assertThat(slow.events).hasSize(3);
        toFast.send(completed("x"));
        assertThat(fast.end()).isEqualTo("complete");
        assertThat(pool.cancels).hasSize(1);
        assertThat(pool.acknowledged()).hasSize(604);
    }

    @Test
    void aSubscriberThatThrowsFailsAlone() {
        Pool pool = new Pool();
        Listener broken = pool.subscribe(Pool.REQUEST, new Listener() {
            @Override
            public void onNext(LlmEvent event) {
                throw new IllegalStateException("boom");
            }
        });
        pool.attempt().send(started(1), text("a"));
        assertThat(broken.failure(LlmDecodeException.class)).hasMessageContaining("boom");
        assertThat(pool.cancels).hasSize(1);
        Listener next = pool.subscribe();
        pool.attempt().answer("fine");
        assertThat(next.end()).isEqualTo("complete");
    }

    @Test
    void signalsComeOnTheEventLoopContextOfTheSubscriber() {
        Pool pool = new Pool();
        Context context = Pool.VERTX.getOrCreateContext();
        Listener listener = new Listener();
        context.runOnContext(there -> pool.provider.stream(Pool.REQUEST).subscribe(listener));
        await().until(() -> !pool.requests.isEmpty());
        pool.attempt().answer("a", "b");
        listener.end();
        assertThat(listener.contexts).hasSize(5).containsOnly(context);
    }

    @Test
    void signalsForOthersComeOnOneContextOfAnEventLoop() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        pool.attempt().answer("a", "b");
        listener.end();
        assertThat(listener.contexts).hasSize(5).allMatch(Context::isEventLoopContext);
        assertThat(List.copyOf(new java.util.HashSet<>(listener.contexts))).hasSize(1);
    }

    @Test
    void aBlockedSubscriberDoesNotHoldTheReaderUp() throws Exception {
        Pool pool = new Pool();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        AtomicReference<Thread> thread = new AtomicReference<>();
        Listener blocked = pool.subscribe(Pool.REQUEST, new Listener() {
            @Override
            public void onNext(LlmEvent event) {
                thread.set(Thread.currentThread());
                goOn.join();
                super.onNext(event);
            }
        });
        pool.attempt().answer("a", "b");
        try {
            assertThat(pool.acknowledged()).hasSize(4);
            assertThat(thread.get()).isNotSameAs(Thread.currentThread());
        } finally {
            // the event loop is that of other tests, too
            goOn.complete(null);
        }
        assertThat(blocked.end()).isEqualTo("complete");
    }
}
