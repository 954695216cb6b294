package io.quarkiverse.llm.scripted;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The exchanges under way, over whatever transport. */
final class Exchanges {

    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();

    private record Exchange(RecordedRequest recorded, Runnable breakOff) {
    }

    /** @param breakOff closes the connection; any thread may call it */
    void add(RecordedRequest recorded, Runnable breakOff) {
        Exchange exchange = new Exchange(recorded, breakOff);
        running.add(exchange);
        recorded.outcome().thenRun(() -> running.remove(exchange));
    }

    /** The server forgets its clients. */
    void breakOff() {
        for (Exchange exchange : running) {
            exchange.recorded().ended(Outcome.SERVER_CLOSED);
            exchange.breakOff().run();
        }
    }

    /** The server closes, and with it all connections. */
    void end() {
        running.forEach(exchange -> exchange.recorded().ended(Outcome.SERVER_CLOSED));
    }
}
