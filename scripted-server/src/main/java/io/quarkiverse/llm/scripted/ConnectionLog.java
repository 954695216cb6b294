package io.quarkiverse.llm.scripted;

import java.util.HashMap;
import java.util.Map;

import io.vertx.core.http.HttpConnection;

/** The connections that are open, numbered in the order in which they were opened. */
final class ConnectionLog {

    private final Map<HttpConnection, Integer> open = new HashMap<>();
    private int numbers;
    private int opened;

    synchronized void add(HttpConnection connection) {
        if (open.putIfAbsent(connection, numbers + 1) == null) {
            numbers++;
            opened++;
            connection.closeHandler(closed -> remove(connection));
        }
    }

    private synchronized void remove(HttpConnection connection) {
        open.remove(connection);
    }

    synchronized int numberOf(HttpConnection connection) {
        return open.getOrDefault(connection, numbers);
    }

    synchronized ConnectionCount count() {
        return new ConnectionCount(opened, open.size());
    }

    synchronized void reset() {
        opened = 0;
    }
}
