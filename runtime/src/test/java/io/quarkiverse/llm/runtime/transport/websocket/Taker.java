package io.quarkiverse.llm.runtime.transport.websocket;

import java.util.List;

import io.quarkiverse.llm.runtime.transport.RecordingListener;
import io.vertx.core.json.JsonObject;

/** Reads answers as the layer above does: the last event releases the exchange. */
class Taker extends RecordingListener {

    volatile WebSocketExchange exchange;

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        super.event(name, data, offset, length);
        if (SocketFixture.isLast(data, offset, length)) {
            last();
        }
    }

    void last() {
        exchange.release();
        over.complete(null);
    }

    /** The events that came so far. */
    List<JsonObject> events() {
        return calls.stream().filter(call -> call.startsWith("event |")).map(call -> new JsonObject(call.substring(7)))
                .toList();
    }

    String text() {
        return String.join("", events().stream().filter(event -> event.getString("type").equals("response.output_text.delta"))
                .map(event -> event.getString("delta")).toList());
    }

    Taker awaiting(String call) {
        awaitCall(call);
        return this;
    }

    /** Waits for an answer that is whole. */
    String awaitText() {
        awaitEnd();
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.get(0));
        }
        return text();
    }
}
