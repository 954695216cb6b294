package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.List;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.subscription.Cancellable;

/**
 * Tells the events of a response to a client that does not own its making: when it leaves, nothing else ends. It gets
 * no more at a time than it takes. On the event loop of the exchange alone.
 */
final class FollowedAnswer {

    private static final Logger LOG = Logger.getLogger(FollowedAnswer.class.getPackageName());

    private final Exchange exchange;
    private final GatewayTimes times;
    private final EventFeed feed;
    private final AnswerOut out;
    private Cancellable waiting = () -> {
    };
    private boolean full;
    private boolean over;
    private long timer;

    private FollowedAnswer(Exchange exchange, GatewayTimes times, EventFeed feed) {
        this.exchange = exchange;
        this.times = times;
        this.feed = feed;
        this.out = exchange.events();
    }

    static void tell(Exchange exchange, GatewayTimes times, EventFeed feed) {
        FollowedAnswer answer = new FollowedAnswer(exchange, times, feed);
        answer.out.begin();
        answer.keepAliveIn(times.keepAliveNanos());
        exchange.onGone(() -> answer.stop("client-left"));
        answer.next();
    }

    private void next() {
        if (!over) {
            waiting = feed.next().subscribe().with(events -> exchange.context().runOnContext(there -> take(events)),
                    failure -> exchange.context().runOnContext(there -> fail(failure)));
        }
    }

    private void take(List<FedEvent> events) {
        if (over) {
            return;
        } else if (events.isEmpty()) {
            over = true;
            stopTimer();
            out.end();
            exchange.report().end(200, "told");
            return;
        }
        events.forEach(event -> out.event(event.type(), event.json(), 0, event.json().length));
        // after what is written in this turn has gone out
        exchange.context().nettyEventLoop().execute(() -> {
            full = out.isFull();
            if (full) {
                out.onDrained(drained -> {
                    full = false;
                    next();
                });
            } else {
                next();
            }
        });
    }

    /** The client takes it up again where it was. */
    private void fail(Throwable failure) {
        if (!over) {
            LOG.warnf("%s The events of a response could not be read: %s", exchange.report().id(), failure.getMessage());
            stop("unreadable");
            exchange.reset();
        }
    }

    private void keepAliveIn(long nanos) {
        timer = exchange.vertx().setTimer(Math.max(1, nanos / 1_000_000), due -> keepAlive());
    }

    private void keepAlive() {
        if (over) {
            return;
        } else if (full && out.silence() >= times.writeNanos()) {
            stop("client-stuck");
            exchange.reset();
            return;
        }
        long left = times.keepAliveNanos() - out.silence();
        if (left <= 1_000_000) {
            if (!full) {
                out.signOfLife();
            }
            left = times.keepAliveNanos();
        }
        keepAliveIn(left);
    }

    private void stopTimer() {
        exchange.vertx().cancelTimer(timer);
    }

    private void stop(String outcome) {
        if (!over) {
            over = true;
            stopTimer();
            waiting.cancel();
            out.discard();
            exchange.report().end(200, outcome);
        }
    }
}
