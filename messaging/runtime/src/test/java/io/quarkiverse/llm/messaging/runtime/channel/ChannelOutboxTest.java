package io.quarkiverse.llm.messaging.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.MultiSubscriber;

class ChannelOutboxTest {

    private final MessageMapper mapper = new MessageMapper(channel -> Optional.empty(), List.of());
    private final ChannelOutbox outbox = new ChannelOutbox("pool-cancels", mapper);
    private final List<Throwable> written = new CopyOnWriteArrayList<>();

    @Test
    void messagesWaitForDemandAndKeepTheirOrder() {
        send("a");
        send("b");
        send("c");
        AssertSubscriber<Message<?>> channel = outbox.subscribe().withSubscriber(AssertSubscriber.create());
        channel.assertHasNotReceivedAnyItem();

        channel.request(2);
        assertThat(ids(channel)).containsExactly("a", "b");

        channel.request(5);
        assertThat(ids(channel)).containsExactly("a", "b", "c");
    }

    @Test
    void aMessageIsWrittenWhenTheChannelAcknowledgesIt() {
        AssertSubscriber<Message<?>> channel = outbox.subscribe().withSubscriber(AssertSubscriber.create(10));
        List<String> said = new ArrayList<>();
        outbox.send(new LlmMessage.Cancel(MessageHeaders.of("a")), failure -> said.add("a " + failure));
        outbox.send(new LlmMessage.Cancel(MessageHeaders.of("b")), failure -> said.add("b " + failure.getMessage()));
        assertThat(said).isEmpty();

        channel.getItems().get(1).nack(new IllegalStateException("full"));
        channel.getItems().get(0).ack();

        assertThat(said).containsExactly("b full", "a null");
    }

    @Test
    void whatWaitsWhenTheChannelGoesAwayIsNotWritten() {
        AssertSubscriber<Message<?>> channel = outbox.subscribe().withSubscriber(AssertSubscriber.create());
        send("a");
        channel.cancel();
        send("b");

        assertThat(written).hasSize(2).allSatisfy(failure -> assertThat(failure).hasMessageContaining("pool-cancels"));
    }

    @Test
    void whatWaitsCanBeTakenBackAndNeverComes() {
        send("a");
        Outbox.Withdrawal second = outbox.send(new LlmMessage.Cancel(MessageHeaders.of("b")), written::add);
        send("c");
        assertThat(outbox.waiting()).isEqualTo(3);

        assertThat(second.withdraw()).isTrue();
        assertThat(outbox.waiting()).isEqualTo(2);
        AssertSubscriber<Message<?>> channel = outbox.subscribe().withSubscriber(AssertSubscriber.create(2));

        assertThat(ids(channel)).containsExactly("a", "c");
        assertThat(written).isEmpty();
    }

    @Test
    void whatTheChannelHasTakenCannotBeTakenBack() {
        AssertSubscriber<Message<?>> channel = outbox.subscribe().withSubscriber(AssertSubscriber.create(1));
        Outbox.Withdrawal first = outbox.send(new LlmMessage.Cancel(MessageHeaders.of("a")), written::add);

        assertThat(first.withdraw()).isFalse();
        assertThat(ids(channel)).containsExactly("a");
        assertThat(outbox.waiting()).isZero();
    }

    @Test
    void whatAClosedChannelRefusedWasNeverTaken() {
        outbox.subscribe().withSubscriber(AssertSubscriber.create(1)).cancel();
        Outbox.Withdrawal refused = outbox.send(new LlmMessage.Cancel(MessageHeaders.of("a")), written::add);

        assertThat(written).hasSize(1);
        assertThat(refused.withdraw()).isTrue();
    }

    @Test
    void aChannelEndsWhenTheLastThatWaitsIsTakenBack() {
        AssertSubscriber<Message<?>> channel = outbox.subscribe().withSubscriber(AssertSubscriber.create());
        Outbox.Withdrawal last = outbox.send(new LlmMessage.Cancel(MessageHeaders.of("a")), written::add);
        outbox.end(Optional.empty());
        channel.assertNotTerminated();

        last.withdraw();
        channel.assertCompleted();
    }

    @Test
    void aSubscriberThatThrowsHasNotTakenTheMessageAndGetsTheNext() {
        Clumsy channel = new Clumsy();
        outbox.subscribe(channel);
        send("a");
        send("b");

        assertThat(written).singleElement().isSameAs(channel.thrown);
        assertThat(channel.items).hasSize(2);
        // it had it all the same, and is no longer asked
        channel.items.get(0).ack();
        assertThat(written).hasSize(1);
        channel.items.get(1).ack();
        assertThat(written).hasSize(2).last().isNull();
    }

    @Test
    void whatComesAfterASubscriberHasThrownAtTheEndIsRefused() {
        outbox.subscribe(new Clumsy());
        outbox.end(Optional.empty());
        send("a");

        assertThat(written).singleElement().asString().contains("pool-cancels is closed");
    }

    /** Throws at the first message, and at the end. */
    private static final class Clumsy implements MultiSubscriber<Message<?>> {

        private final RuntimeException thrown = new IllegalStateException("clumsy");
        private final List<Message<?>> items = new ArrayList<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onItem(Message<?> message) {
            items.add(message);
            if (items.size() == 1) {
                throw thrown;
            }
        }

        @Override
        public void onFailure(Throwable failure) {
            throw thrown;
        }

        @Override
        public void onCompletion() {
            throw thrown;
        }
    }

    @Test
    void aChannelHasOneSubscriber() {
        outbox.subscribe().withSubscriber(AssertSubscriber.create(1));

        outbox.subscribe().withSubscriber(AssertSubscriber.<Message<?>> create(1)).assertFailedWith(IllegalStateException.class,
                "pool-cancels");
    }

    @Test
    void manyThreadsPutMessagesInAndNoneIsLost() throws InterruptedException {
        AssertSubscriber<Message<?>> channel = outbox.subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int own = thread;
            threads.add(new Thread(() -> {
                await(start);
                for (int i = 0; i < 500; i++) {
                    send(own + "-" + i);
                }
            }));
        }
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        List<String> ids = ids(channel);
        assertThat(ids).hasSize(2000).doesNotHaveDuplicates();
        for (int thread = 0; thread < 4; thread++) {
            String prefix = thread + "-";
            List<String> ofThread = ids.stream().filter(id -> id.startsWith(prefix)).toList();
            assertThat(ofThread).isEqualTo(java.util.stream.IntStream.range(0, 500).mapToObj(i -> prefix + i).toList());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String correlationId) {
        outbox.send(new LlmMessage.Cancel(MessageHeaders.of(correlationId)), written::add);
    }

    private List<String> ids(AssertSubscriber<Message<?>> channel) {
        return channel.getItems().stream().map(message -> mapper.correlationId(message).orElseThrow()).toList();
    }
}
