package io.quarkiverse.llm.messaging.runtime.channel;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import io.quarkiverse.llm.messaging.LlmMessage;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;

/** An outgoing channel: many threads put messages in, the one subscriber takes as many as it asks for. */
public final class ChannelOutbox extends AbstractMulti<Message<?>> implements Outbox {

    private static final Logger LOG = Logger.getLogger(ChannelOutbox.class);
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final String channel;
    private final MessageMapper mapper;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger draining = new AtomicInteger();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile MultiSubscriber<? super Message<?>> subscriber;
    private volatile boolean closed;
    private volatile Optional<Throwable> end;

    /** Whoever gets it out of the queue has it: the one who hands on, or the one who withdraws. */
    private final class Waiting implements Withdrawal {

        private final Consumer<Throwable> written;
        /** Not kept longer than it waits: whoever could withdraw it may live long. */
        private Message<byte[]> message;
        private volatile boolean refused;
        private boolean told;

        Waiting(Message<byte[]> message, Consumer<Throwable> written) {
            this.message = message;
            this.written = written;
        }

        @Override
        public boolean withdraw() {
            if (waiting.remove(this)) {
                // it may have been what the end of the channel waited for
                drain();
                return true;
            }
            return refused;
        }

        void refuse() {
            refused = true;
            tell(new IllegalStateException("The channel " + channel + " is closed"));
        }

        Message<byte[]> handedOn() {
            Message<byte[]> ready = message;
            message = null;
            return ready.withAck(() -> {
                tell(null);
                return DONE;
            }).withNack(reason -> {
                tell(reason);
                return DONE;
            });
        }

        /** Once: who threw may have the message all the same. */
        void tell(Throwable failure) {
            synchronized (this) {
                if (told) {
                    return;
                }
                told = true;
            }
            written.accept(failure);
        }
    }

    public ChannelOutbox(String channel, MessageMapper mapper) {
        this.channel = channel;
        this.mapper = mapper;
    }

    @Override
    public Withdrawal send(LlmMessage message, Consumer<Throwable> written) {
        Message<byte[]> ready;
        try {
            // here, where many threads can at the same time: whoever hands messages on does so for all
            ready = mapper.write(channel, message);
        } catch (RuntimeException e) {
            written.accept(e);
            return Withdrawal.NEVER_TAKEN;
        }
        Waiting last = new Waiting(ready, written);
        waiting.add(last);
        drain();
        return last;
    }

    /** {@inheritDoc} It counts them one by one, so that those who send do not have to. */
    @Override
    public int waiting() {
        return waiting.size();
    }

    /**
     * Nothing more will be sent: when what waits is gone, the channel ends.
     *
     * @param failure with which it ends
     */
    public void end(Optional<Throwable> failure) {
        end = failure;
        drain();
    }

    @Override
    public void subscribe(MultiSubscriber<? super Message<?>> newSubscriber) {
        if (!taken.compareAndSet(false, true)) {
            Subscriptions.fail(newSubscriber,
                    new IllegalStateException("The channel " + channel + " has a subscriber already"));
            return;
        }
        newSubscriber.onSubscribe(new Flow.Subscription() {

            @Override
            public void request(long n) {
                if (n > 0) {
                    Subscriptions.add(demand, n);
                    drain();
                } else {
                    newSubscriber.onFailure(Subscriptions.getInvalidRequestException());
                }
            }

            @Override
            public void cancel() {
                closed = true;
                drain();
            }
        });
        subscriber = newSubscriber;
        drain();
    }

    private void drain() {
        if (draining.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        while (missed != 0) {
            MultiSubscriber<? super Message<?>> to = subscriber;
            while (closed || to != null && demand.get() > 0) {
                Waiting next = waiting.poll();
                if (next == null) {
                    break;
                }
                hand(to, next);
            }
            finish(to);
            missed = draining.addAndGet(-missed);
        }
    }

    private void finish(MultiSubscriber<? super Message<?>> to) {
        Optional<Throwable> how = end;
        if (how == null || closed || to == null || !waiting.isEmpty()) {
            return;
        }
        closed = true;
        try {
            if (how.isPresent()) {
                to.onFailure(how.get());
            } else {
                to.onCompletion();
            }
        } catch (RuntimeException e) {
            LOG.warnf("The channel %s has ended, and whoever reads it failed at that: %s", channel, e);
        }
    }

    private void hand(MultiSubscriber<? super Message<?>> to, Waiting next) {
        if (closed) {
            next.refuse();
            return;
        }
        Subscriptions.produced(demand, 1);
        try {
            to.onItem(next.handedOn());
        } catch (RuntimeException e) {
            // who throws must not stop those that come after it
            next.tell(e);
        }
    }
}
