package io.quarkiverse.llm.gateway.runtime.answer;

import java.time.Instant;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.runtime.wire.EventEncoder;
import io.quarkiverse.llm.runtime.wire.WireError;
import io.smallrye.mutiny.subscription.MultiSubscriber;

/**
 * One answer in events: from the provider through the encoder to the client. The status goes out with the first event, or when
 * the client has waited long enough; what fails before has a status of its own. The provider is asked for no more than the
 * client takes, and not at all any more when the client has left. On the event loop of the response alone.
 */
final class StreamedAnswer implements MultiSubscriber<LlmEvent> {

    private static final Logger LOG = Logger.getLogger(StreamedAnswer.class.getPackageName());
    /** How many events may be on their way: enough to fill a write, few enough to stop soon. */
    private static final int MOST = 128;
    private static final int FEW = MOST / 2;

    private final Exchange exchange;
    private final GatewayTimes times;
    private final Naming naming;
    private final AnswerOut out;
    private final EventEncoder encoder;
    private final Consumer<LlmEvent> events;
    private Subscription subscription;
    private ResponseStarted started;
    private int asked;
    private boolean committed;
    private boolean draining;
    private boolean over;
    private long timer;

    /**
     * @param events takes what the provider says, and ends at the encoder
     */
    StreamedAnswer(Exchange exchange, GatewayTimes times, Naming naming, AnswerOut out, EventEncoder encoder,
            Consumer<LlmEvent> events) {
        this.exchange = exchange;
        this.times = times;
        this.naming = naming;
        this.out = out;
        this.encoder = encoder;
        this.events = events;
        this.timer = exchange.vertx().setTimer(times.commitAfterMillis(), due -> beginWithoutContent());
        exchange.onGone(() -> leave("client-left"));
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
        asked--;
        if (event instanceof ResponseStarted start && !committed) {
            // it says nothing yet, and the answer may still fail
            started = start;
        } else {
            if (!(event instanceof ResponseStarted)) {
                exchange.report().firstToken();
            }
            if (!handOn(event)) {
                return;
            }
        }
        if (event instanceof ResponseCompleted completed) {
            exchange.report().answered(completed.response());
            end(completed.response().status().wireName());
            subscription.cancel();
        } else if (asked <= FEW) {
            askForMore();
        }
    }

    private boolean handOn(LlmEvent event) {
        try {
            begin();
            events.accept(event);
            return true;
        } catch (Throwable t) {
            LOG.error("An answer could not be handed on to a client", t);
            subscription.cancel();
            onFailure(new LlmException("The answer could not be handed on", LlmErrorDetails.builder().build(), t));
            return false;
        }
    }

    private void askForMore() {
        if (draining || asked == MOST) {
            return;
        }
        if (out.isFull()) {
            draining = true;
            out.onDrained(drained -> {
                draining = false;
                if (!over) {
                    askForMore();
                }
            });
        } else {
            int more = MOST - asked;
            asked = MOST;
            subscription.request(more);
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
        LlmException known = ToldFailure.of(known(failure), exchange.report().id());
        exchange.report().failed(failure);
        try {
            encoder.fail(known);
        } finally {
            end(WireError.of(known).code());
        }
    }

    private static LlmException known(Throwable failure) {
        if (failure instanceof LlmException known) {
            return known;
        }
        LOG.error("A provider has failed", failure);
        return new LlmException("The provider has failed", LlmErrorDetails.builder().build(), failure);
    }

    @Override
    public void onCompletion() {
        if (!over) {
            onFailure(new LlmTruncatedStreamException("The answer has no end", LlmErrorDetails.builder().build(), null));
        }
    }

    /** With what the provider has announced, or else as if it had. */
    private void begin() {
        if (committed) {
            return;
        }
        committed = true;
        out.begin();
        stopTimer();
        keepAliveIn(times.keepAliveNanos());
        if (started == null) {
            encoder.begin(new ResponseStarted(naming.made(), naming.model(""), Instant.now()));
        } else {
            events.accept(started);
        }
    }

    /** Says that the answer has begun although nothing is known of it. */
    void beginWithoutContent() {
        if (!over) {
            begin();
        }
    }

    private void keepAliveIn(long nanos) {
        timer = exchange.vertx().setTimer(Math.max(1, nanos / 1_000_000), due -> keepAlive());
    }

    private void keepAlive() {
        if (over) {
            return;
        }
        if (draining && out.silence() >= times.writeNanos()) {
            leave("client-stuck");
            exchange.reset();
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
        exchange.vertx().cancelTimer(timer);
    }

    private void end(String outcome) {
        over = true;
        stopTimer();
        out.end();
        exchange.report().end(200, outcome);
    }

    private void leave(String outcome) {
        if (!over) {
            over = true;
            stopTimer();
            out.discard();
            if (subscription != null) {
                subscription.cancel();
            }
            exchange.report().end(committed ? 200 : Exchange.CLIENT_LEFT, outcome);
        }
    }
}
