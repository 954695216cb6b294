package io.quarkiverse.llm.gateway.runtime.limits;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.quarkiverse.llm.Usage;
import io.smallrye.mutiny.Uni;

/** A request that its caller may make, as soon as there is a seat for it, until it is closed. Thread-safe. */
public final class Ticket {

    private final CallerState caller;
    private final Seats.Claim claim;
    private final Alarm alarm;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean refused;
    private volatile Runnable calm = () -> {
    };

    Ticket(CallerState caller, Seats.Claim claim, Alarm alarm) {
        this.caller = caller;
        this.claim = claim;
        this.alarm = alarm;
        caller.usage.openRequests.incrementAndGet();
    }

    /**
     * When the request may begin: at once, or on any thread when others have ended. Fails with a {@link LimitReachedException}
     * after {@code queue-timeout}. To be waited for only once.
     */
    public Uni<Void> seat() {
        if (claim.isSeated()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().emitter(waiting -> {
            calm = alarm.in(caller.limits.queueTimeout(), () -> {
                if (claim.giveUp()) {
                    refused = true;
                    waiting.fail(caller.waitedTooLong());
                }
            });
            claim.onSeat(() -> {
                calm.run();
                waiting.complete(null);
            });
        });
    }

    /** What remains to the caller, in OpenAI's headers. Empty where it has no limits. */
    public Map<String, String> headers() {
        return caller.headers();
    }

    /** What the provider has counted. */
    public void used(Usage usage) {
        caller.usage.add(usage);
        caller.tokens.ifPresent(rate -> rate.take(usage.inputTokens() + usage.outputTokens()));
    }

    /**
     * The request has ended, or nobody waits for it any more. The second time nothing happens.
     *
     * @param failed whether there was no answer, or only a part of one
     */
    public void close(boolean failed) {
        if (closed.compareAndSet(false, true)) {
            calm.run();
            if (failed && !refused) {
                caller.usage.failed.increment();
            }
            caller.usage.openRequests.decrementAndGet();
            claim.leave();
        }
    }
}
