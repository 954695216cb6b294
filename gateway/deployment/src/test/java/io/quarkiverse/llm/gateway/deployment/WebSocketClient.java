package io.quarkiverse.llm.gateway.deployment;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;

/** A client of the gateway over one WebSocket. */
final class WebSocketClient implements AutoCloseable {

    private static final int LONGEST = 64 * 1024 * 1024;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Short> closed = new CompletableFuture<>();
    private final WebSocket socket;

    WebSocketClient(int port) {
        socket = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxFrameSize(LONGEST).setMaxMessageSize(LONGEST))
                .connect(port, "localhost", "/v1/responses").onSuccess(made -> {
                    made.textMessageHandler(text -> events.add(new JsonObject(text)));
                    made.closeHandler(end -> closed.complete(made.closeStatusCode()));
                }).toCompletionStage().toCompletableFuture().join();
    }

    WebSocketClient ask(String input) {
        socket.writeTextMessage(new JsonObject().put("type", "response.create").put("model", "any").put("input", input)
                .encode());
        return this;
    }

    /** Reads on until an event of this type. */
    JsonObject await(String type) throws InterruptedException {
        JsonObject event;
        do {
            event = events.poll(20, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("No event " + type);
            }
        } while (!type.equals(event.getString("type")));
        return event;
    }

    /** The code with which it was closed. */
    int awaitClose() {
        return closed.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
