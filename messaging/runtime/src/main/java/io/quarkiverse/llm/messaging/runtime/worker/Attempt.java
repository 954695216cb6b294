package io.quarkiverse.llm.messaging.runtime.worker;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.channel.Outbox;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Context;

/**
 * One stream of a provider becomes events on a channel. Providers of applications may signal on any thread, and whoever stops
 * an attempt is on another one, so all that happens is done one after the other.
 */
final class Attempt implements MultiSubscriber<LlmEvent> {

    /** Told each once, on any thread. */
    interface Listener {

        /** The stream is over: there is a response, or a failure, or it was stopped. */
        void ended(Attempt attempt);

        /** After the end: all events are written, or could not be. */
        void settled(Attempt attempt);
    }

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm.messaging");

    private final MessageHeaders headers;
    private final MessageHeaders ofEvents;
    private final Outbox events;
    private final int maxUnwritten;
    private final Failures failures;
    private final Listener listener;
    private final Serial serial = new Serial();
    private final Outstanding outstanding;
    private final AtomicInteger written = new AtomicInteger();
    private final int batch;
    private Flow.Subscription subscription;
    private TraceContext.Ended trace;
    private long next;
    private volatile boolean over;
    private LlmResponse response;
    private LlmException failure;
    private Throwable unwritten;
    private Set<Long> refused = Set.of();
    private boolean endUnwritten;

    /**
     * @param headers of the request, with the number of the attempt and the worker
     * @param maxUnwritten how many events may be on their way
     */
    Attempt(MessageHeaders headers, Outbox events, int maxUnwritten, Failures failures, Listener listener) {
        this.headers = headers;
        // who waits for them knows these two, and each event pays for them
        this.ofEvents = new MessageHeaders(headers.correlationId(), headers.conversation(), headers.idempotencyKey(),
                headers.replyTo(), Optional.empty(), headers.attempt(), headers.worker(), MessageHeaders.NO_SEQUENCE, Map.of());
        this.events = events;
        this.maxUnwritten = maxUnwritten;
        this.batch = Math.max(1, maxUnwritten / 4);
        this.failures = failures;
        this.listener = listener;
        this.outstanding = new Outstanding(failed -> listener.settled(this));
    }

    void start(LlmProvider provider, LlmRequest request, Context context, TraceContext traces) {
        context.runOnContext(there -> {
            try {
                TraceContext.Ended attached = traces.attach(headers);
                serial.run(() -> traced(attached));
                if (over) {
                    return;
                }
                Multi<LlmEvent> stream = provider.stream(request);
                if (stream == null) {
                    throw failures.withoutStream();
                }
                stream.subscribe().withSubscriber(this);
            } catch (Throwable e) {
                // whatever code of an application throws: nobody else would tell the caller
                onFailure(e);
            }
        });
    }

    private void traced(TraceContext.Ended attached) {
        if (over) {
            attached.ended(failure);
        } else {
            trace = attached;
        }
    }

    /** Ends it, unless it has ended. */
    void stop() {
        serial.run(() -> {
            if (!over) {
                cancel();
                end();
            }
        });
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        serial.run(() -> {
            if (over || subscription != null) {
                newSubscription.cancel();
            } else {
                subscription = newSubscription;
                newSubscription.request(maxUnwritten);
            }
        });
    }

    @Override
    public void onItem(LlmEvent event) {
        serial.run(() -> take(event));
    }

    private void take(LlmEvent event) {
        if (over) {
            return;
        }
        send(event);
        if (event instanceof LlmEvent.ResponseCompleted completed) {
            response = completed.response();
            end();
        }
    }

    private void send(LlmEvent event) {
        long sequence = next++;
        outstanding.add();
        events.send(new LlmMessage.Event(ofEvents.withSequence(sequence), event), refusal -> written(sequence, refusal));
    }

    private void written(long sequence, Throwable refusal) {
        if (refusal != null) {
            serial.run(() -> {
                refused(sequence, refusal);
                outstanding.written(refusal);
            });
            return;
        }
        outstanding.written(null);
        if (written.incrementAndGet() % batch == 0) {
            serial.run(() -> {
                if (!over && subscription != null) {
                    subscription.request(batch);
                }
            });
        }
    }

    private void refused(long sequence, Throwable reason) {
        if (refused.isEmpty()) {
            refused = new HashSet<>();
        }
        refused.add(sequence);
        endUnwritten |= response != null && sequence == next - 1;
        // what takes its place leaves no gap
        while (refused.remove(next - 1)) {
            next--;
        }
        if (!over) {
            failure = failures.unwritable(headers.correlationId(), reason);
            cancel();
            end();
        } else if (unwritten == null) {
            unwritten = reason;
        }
    }

    @Override
    public void onFailure(Throwable cause) {
        serial.run(() -> {
            if (!over) {
                failure = failures.of(cause);
                end();
            }
        });
    }

    @Override
    public void onCompletion() {
        serial.run(() -> {
            if (!over) {
                failure = failures.withoutEnd();
                end();
            }
        });
    }

    private void cancel() {
        if (subscription != null) {
            try {
                subscription.cancel();
            } catch (RuntimeException e) {
                // that of an application: its attempt is over all the same
                LOG.warnf("The provider's stream for the request %s could not be cancelled: %s", headers.correlationId(), e);
            }
        }
    }

    private void end() {
        over = true;
        listener.ended(this);
        outstanding.close();
        if (trace != null) {
            trace.ended(failure);
        }
    }

    /** After the end: the answer, when there is one. */
    Optional<LlmResponse> response() {
        return Optional.ofNullable(response);
    }

    /** After the end: why there is no answer; empty when it was stopped. */
    Optional<LlmException> failure() {
        return Optional.ofNullable(failure);
    }

    /** After the end: the sequence number of what goes in the place of the last event. */
    long next() {
        return next;
    }

    /** After it has settled: why an event is missing, although there is an answer. */
    Optional<Throwable> unwritten() {
        return Optional.ofNullable(unwritten);
    }

    /** After it has settled: whether the last event is missing, so that the answer has no end yet. */
    boolean isEndUnwritten() {
        return endUnwritten;
    }
}
