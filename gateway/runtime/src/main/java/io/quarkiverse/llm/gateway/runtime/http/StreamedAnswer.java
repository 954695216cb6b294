package io.quarkiverse.llm.gateway.runtime.http;

import java.time.Instant;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.runtime.wire.EventEncoder;
import io.smallrye.mutiny.subscription.MultiSubscriber;

/**
 * One answer in events: from the provider through the encoder to the client. The status goes out with the first event, or when
 * the client has waited long enough; what fails before has a status of its own. The provider is asked for no more than the
 * client takes, and not at all any more when the client has left. On the event loop of the response alone.
 */
final class StreamedAnswer implements MultiSubscriber<LlmEvent> {

    /** How many events may be on their way: enough to fill a write, few enough to stop soon. */
    private static final int MOST = 128;
    private static final int FEW = MOST / 2;

    private final ClientExchange exchange;
    private final GatewayTimes times;
    private final Naming naming;
    private final EventWriter out;
    private final EventEncoder encoder;
    private final Consumer<LlmEvent> events;
    private Subscription subscription;
    private int asked;
    private boolean committed;
    private boolean draining;
    private boolean over;
    private long timer;

    /**
     * @param events takes what the provider says, and ends at the encoder
     */
    StreamedAnswer(ClientExchange exchange, GatewayTimes times, Naming naming, EventWriter out, EventEncoder encoder,
            Consumer<LlmEvent> events) {
        this.exchange = exchange;
        this.times = times;
        this.naming = naming;
        this.out = out;
        this.encoder = encoder;
        this.events = events;
        this.timer = out.vertx().setTimer(times.commitAfterMillis(), due -> commitEmpty());
        exchange.onGone(this::leave);
    }

    @Override
    public void onSubscribe(Subscription to) {
        subscription = to;
        if (over) {
            to.cancel();
        } else {
            asked = MOST;
            to.request(MOST);
        }
    }

    @Override
    public void onItem(LlmEvent event) {
        if (over) {
            return;
        }
        exchange.report().firstToken();
        try {
            commit();
            events.accept(event);
        } catch (RuntimeException e) {
            subscription.cancel();
            onFailure(new LlmException("The answer could not be handed on: " + e.getMessage(),
                    LlmErrorDetails.builder().build(), e));
            throw e;
        }
        if (event instanceof ResponseCompleted completed) {
            exchange.report().answered(completed.response());
            end(completed.response().status().wireName());
            subscription.cancel();
        } else if (--asked <= FEW) {
            askForMore();
        }
    }

    private void askForMore() {
        if (!out.isFull()) {
            int more = MOST - asked;
            asked = MOST;
            subscription.request(more);
        } else if (!draining) {
            draining = true;
            out.onDrained(drained -> {
                draining = false;
                if (!over) {
                    askForMore();
                }
            });
        }
    }

    @Override
    public void onFailure(Throwable failure) {
        if (over) {
            return;
        }
        if (!committed) {
            over = true;
            stopTimer();
            exchange.fail(failure);
            return;
        }
        encoder.fail(failure instanceof LlmException known ? known
                : new LlmException("The provider has failed", LlmErrorDetails.builder().build(), failure));
        end("failed");
    }

    @Override
    public void onCompletion() {
        if (!over) {
            onFailure(new LlmTruncatedStreamException("The answer has no end", LlmErrorDetails.builder().build(), null));
        }
    }

    private void commit() {
        if (!committed) {
            committed = true;
            exchange.commitStream();
            stopTimer();
            keepAliveIn(times.keepAliveNanos());
        }
    }

    private void commitEmpty() {
        if (!over && !committed) {
            commit();
            encoder.begin(new ResponseStarted(naming.made(), naming.model(""), Instant.now()));
        }
    }

    private void keepAliveIn(long nanos) {
        timer = out.vertx().setTimer(Math.max(1, nanos / 1_000_000), due -> keepAlive());
    }

    private void keepAlive() {
        if (over) {
            return;
        }
        long left = times.keepAliveNanos() - out.silence();
        if (left <= 1_000_000) {
            if (!draining && !encoder.keepAlive()) {
                out.signOfLife();
            }
            left = times.keepAliveNanos();
        }
        keepAliveIn(left);
    }

    private void stopTimer() {
        out.vertx().cancelTimer(timer);
    }

    private void end(String outcome) {
        over = true;
        stopTimer();
        out.end();
        exchange.report().end(200, outcome);
    }

    private void leave() {
        if (!over) {
            over = true;
            stopTimer();
            out.discard();
            if (subscription != null) {
                subscription.cancel();
            }
            exchange.report().end(committed ? 200 : 499, "client-left");
        }
    }
}
