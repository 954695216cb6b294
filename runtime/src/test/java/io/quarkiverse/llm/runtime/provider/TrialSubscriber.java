package io.quarkiverse.llm.runtime.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.provider.Behaviour.Demand;
import io.quarkiverse.llm.runtime.provider.Behaviour.Disturbance;
import io.quarkiverse.llm.runtime.wire.EventRules;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Behaves as it is told to, and writes down what it sees that it must not see. */
final class TrialSubscriber implements Flow.Subscriber<LlmEvent> {

    static final String THROWN = "thrown by the subscriber";

    private final Behaviour behaviour;
    private final ScheduledExecutorService elsewhere;
    private final Random random;
    private final List<LlmEvent> events = new ArrayList<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicLong allowed = new AtomicLong();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private Flow.Subscription subscription;
    private Context place;
    private int left;
    private boolean cancelledHere;
    private volatile boolean terminated;
    private volatile Throwable failure;
    private volatile LlmResponse response;

    TrialSubscriber(Behaviour behaviour, ScheduledExecutorService elsewhere) {
        this.behaviour = behaviour;
        this.elsewhere = elsewhere;
        this.random = new Random(behaviour.seed());
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        place = Vertx.currentContext();
        if (behaviour.disturbance() == Disturbance.CANCELS_AT_ONCE) {
            cancel();
            return;
        } else if (behaviour.disturbance() == Disturbance.CANCELS_FROM_ELSEWHERE) {
            elsewhere.schedule(() -> {
                newSubscription.cancel();
                over.complete(null);
            }, behaviour.at(), TimeUnit.MICROSECONDS);
        }
        ask();
        if (behaviour.disturbance() == Disturbance.THROWS_AT_ONCE) {
            over.complete(null);
            throw new IllegalStateException(THROWN);
        }
    }

    private void ask() {
        if (behaviour.demand() == Demand.ALL) {
            request(Long.MAX_VALUE);
            return;
        }
        int few = 1 + random.nextInt(3);
        left = few;
        if (behaviour.demand() == Demand.FEW) {
            request(few);
        } else {
            elsewhere.schedule(() -> request(few), random.nextInt(100), TimeUnit.MICROSECONDS);
        }
    }

    private void request(long n) {
        allowed.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
        subscription.request(n);
    }

    private void cancel() {
        cancelledHere = true;
        subscription.cancel();
        over.complete(null);
    }

    /** Signals come on one context: that of who subscribed, when it has one. */
    private void checkPlace(Object signal) {
        Context here = Vertx.currentContext();
        if (place == null) {
            place = here;
        }
        if (here == null || here != place) {
            violations.add("in another place: " + signal);
        }
    }

    @Override
    public void onNext(LlmEvent event) {
        checkPlace(event);
        if (allowed.getAndDecrement() <= 0) {
            violations.add("not asked for: " + event);
        }
        if (terminated || cancelledHere) {
            violations.add("after the end: " + event);
        }
        if (event instanceof LlmEvent.ResponseCompleted completed) {
            response = completed.response();
        }
        events.add(event);
        boolean now = events.size() > behaviour.at();
        if (now && behaviour.disturbance() == Disturbance.CANCELS_WITHIN_A_SIGNAL) {
            cancel();
        } else if (now && behaviour.disturbance() == Disturbance.THROWS_WITHIN_A_SIGNAL) {
            throw new IllegalStateException(THROWN);
        } else if (behaviour.demand() != Demand.ALL && --left == 0) {
            ask();
        }
    }

    /** Of an answer that was asked for as a whole. */
    void whole(LlmResponse whole) {
        response = whole;
        terminated = true;
        over.complete(null);
    }

    @Override
    public void onComplete() {
        checkPlace("completion");
        end(null);
    }

    @Override
    public void onError(Throwable newFailure) {
        end(newFailure);
    }

    private void end(Throwable with) {
        if (terminated || cancelledHere) {
            violations.add("a second end: " + with);
        }
        failure = with;
        terminated = true;
        if (with == null) {
            EventRules.checkWhole(events);
        }
        over.complete(null);
        if (behaviour.disturbance() == Disturbance.THROWS_AT_THE_END) {
            throw new IllegalStateException(THROWN);
        }
    }

    /** Done when it has ended, or wants nothing any more. */
    CompletableFuture<Void> over() {
        return over;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    List<LlmEvent> events() {
        return behaviour.disturbance() == Disturbance.CANCELS_FROM_ELSEWHERE ? List.of() : events;
    }

    Throwable failure() {
        return failure;
    }

    boolean isComplete() {
        return terminated && failure == null && response != null;
    }

    LlmResponse response() {
        return response;
    }
}
