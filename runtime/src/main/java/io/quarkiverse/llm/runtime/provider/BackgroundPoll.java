package io.quarkiverse.llm.runtime.provider;

import java.time.Duration;
import java.util.function.Function;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.impl.ContextInternal;

/**
 * Waits for a response that runs on the server: looks at it time and again until it has ended. That a look fails does not
 * matter as long as one of the next succeeds. Everything happens on the context.
 */
final class BackgroundPoll {

    /** In a row. */
    private static final int FAILED_LOOKS = 9;
    private static final long NONE = -1;

    private final ContextInternal context;
    private final Uni<LlmResponse> begin;
    private final Function<String, Uni<LlmResponse>> look;
    private final ProviderFailures failures;
    private final Deadline deadline;
    private final UniEmitter<? super LlmResponse> emitter;
    private final Backoff backoff = new Backoff();
    private Cancellable exchange = () -> {
    };
    private LlmResponse last;
    private long timer = NONE;
    private int failedLooks;
    private boolean over;

    /**
     * @param begin asks for the response
     * @param look asks how far the response of that id has come
     */
    BackgroundPoll(ContextInternal context, Uni<LlmResponse> begin, Function<String, Uni<LlmResponse>> look,
            ProviderFailures failures, Deadline deadline, UniEmitter<? super LlmResponse> emitter) {
        this.context = context;
        this.begin = begin;
        this.look = look;
        this.failures = failures;
        this.deadline = deadline;
        this.emitter = emitter;
    }

    void start() {
        emitter.onTermination(() -> onContext(this::cancel));
        onContext(() -> ask(begin));
    }

    private void onContext(Runnable action) {
        if (context.isRunningOnContext()) {
            action.run();
        } else {
            context.runOnContext(there -> action.run());
        }
    }

    private void cancel() {
        over = true;
        exchange.cancel();
        if (timer != NONE) {
            context.owner().cancelTimer(timer);
        }
    }

    private void ask(Uni<LlmResponse> question) {
        if (!over) {
            exchange = question.subscribe().with(this::seen, this::failed);
        }
    }

    private void seen(LlmResponse response) {
        last = response;
        failedLooks = 0;
        switch (response.status()) {
            case QUEUED, IN_PROGRESS -> wait(backoff.next());
            case FAILED -> fail(failures.failed(response));
            default -> end(response);
        }
    }

    private void end(LlmResponse response) {
        over = true;
        emitter.complete(response);
    }

    private void failed(Throwable cause) {
        LlmException failure = deadline.told(failures.preparing(cause));
        if (last == null || !failure.isRetryable() || ++failedLooks > FAILED_LOOKS) {
            fail(failure);
        } else {
            wait(failure.retryAfter().orElseGet(backoff::next));
        }
    }

    private void wait(Duration span) {
        if (over) {
            return;
        }
        timer = context.setTimer(Math.max(1, deadline.within(span).toMillis()), id -> {
            timer = NONE;
            if (deadline.isOver()) {
                fail(deadline.exceeded());
            } else {
                ask(look.apply(last.id()));
            }
        });
    }

    /** Tells, too, which response it was: it may still be running. */
    private void fail(LlmException failure) {
        over = true;
        if (last != null && failure.partial().isEmpty()) {
            failure.initPartial(last);
        }
        emitter.fail(failure);
    }
}
