package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** The exchanges under way, over whatever transport. */
final class Exchanges {

    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();

    /** @param context of the connection */
    private record Exchange(RecordedRequest recorded, Context context, Runnable closing) {

        /**
         * On the event loop, where the end of an answer and its outcome are one turn: elsewhere a client may have read all of
         * an answer whose outcome is not known yet.
         */
        Future<Void> breakOff() {
            Promise<Void> done = Promise.promise();
            context.runOnContext(now -> {
                try {
                    if (!recorded.isOver()) {
                        recorded.ended(Outcome.SERVER_CLOSED);
                        closing.run();
                    }
                } finally {
                    done.complete();
                }
            });
            return done.future();
        }
    }

    /** @param closing closes the connection, on its context */
    void add(RecordedRequest recorded, Context context, Runnable closing) {
        Exchange exchange = new Exchange(recorded, context, closing);
        running.add(exchange);
        recorded.outcome().thenRun(() -> running.remove(exchange));
    }

    /** The server forgets its clients. Completes when those whose answers are under way have lost their connections. */
    Future<Void> breakOff() {
        List<Future<Void>> done = new ArrayList<>();
        running.forEach(exchange -> done.add(exchange.breakOff()));
        return Future.join(done).mapEmpty();
    }

    /** The server closes, and with it all connections. */
    void end() {
        running.forEach(exchange -> exchange.recorded().ended(Outcome.SERVER_CLOSED));
    }
}
