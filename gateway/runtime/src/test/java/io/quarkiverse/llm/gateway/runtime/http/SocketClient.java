package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;

/** A client of the gateway over one WebSocket. It looks at every answer it reads: one that is not legal fails the test. */
final class SocketClient implements AutoCloseable {

    private static final int LONGEST = 64 * 1024 * 1024;
    private static final long LONGEST_WAIT_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Short> closed = new CompletableFuture<>();
    private final WebSocket socket;
    private volatile MultiMap headers;

    private SocketClient(URI server, String key, boolean compressing) {
        WebSocketClientOptions options = new WebSocketClientOptions().setMaxFrameSize(LONGEST).setMaxMessageSize(LONGEST)
                .setTryUsePerMessageCompression(compressing);
        WebSocketConnectOptions to = new WebSocketConnectOptions().setHost(server.getHost()).setPort(server.getPort())
                .setURI("/v1/responses").addHeader("authorization", "Bearer " + key);
        socket = vertx.createWebSocketClient(options).connect(to).onSuccess(made -> {
            headers = made.headers();
            made.textMessageHandler(messages::add);
            made.binaryMessageHandler(binary -> messages.add("binary"));
            made.exceptionHandler(broken -> {
                // the close handler hears of it
            });
            made.closeHandler(end -> closed.complete(made.closeStatusCode()));
        }).toCompletionStage().toCompletableFuture().join();
    }

    static SocketClient of(GatewayServer server) {
        return of(server, "any");
    }

    static SocketClient of(GatewayServer server, String key) {
        return new SocketClient(server.root(), key, false);
    }

    static SocketClient compressing(GatewayServer server) {
        return new SocketClient(server.root(), "any", true);
    }

    /** Of the answer to the handshake. */
    MultiMap headers() {
        return headers;
    }

    WebSocket socket() {
        return socket;
    }

    /** A turn that asks this. */
    static JsonObject turn(String input) {
        return new JsonObject().put("type", "response.create").put("model", "scripted").put("input", input);
    }

    /** A turn on that lane. */
    static JsonObject turn(String lane, String input) {
        return turn(input).put("stream_id", lane);
    }

    SocketClient send(JsonObject request) {
        return send(request.encode());
    }

    SocketClient send(String text) {
        socket.writeTextMessage(text);
        return this;
    }

    SocketClient sendBinary(String text) {
        socket.writeBinaryMessage(Buffer.buffer(text));
        return this;
    }

    String text() {
        try {
            String message = messages.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            assertThat(message).as("a message of the gateway").isNotNull();
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonObject next() {
        return new JsonObject(text());
    }

    /** The next, which must be of this type. */
    JsonObject next(String type) {
        JsonObject event = next();
        assertThat(event.getString("type")).as(event.encode()).isEqualTo(type);
        return event;
    }

    /** Reads on until such a text delta. */
    void awaitText(String delta) {
        JsonObject event;
        do {
            event = next();
        } while (!delta.equals(event.getString("delta")));
    }

    /** The next, in place of an answer. */
    JsonObject error() {
        JsonObject error = next("error");
        assertThat(error.getInteger("status")).isBetween(400, 599);
        assertThat(error.getJsonObject("error").getString("code")).isNotEmpty();
        assertThat(error.getJsonObject("error").getString("message")).isNotEmpty();
        assertThat(error.getJsonObject("error").fieldNames()).contains("type", "param");
        return error;
    }

    /** All events of the next answer. */
    CheckedStream answer() {
        List<JsonObject> events = new ArrayList<>();
        do {
            events.add(next());
        } while (!isLast(events.get(events.size() - 1)));
        return CheckedStream.turn(events);
    }

    static boolean isLast(JsonObject event) {
        return List.of("response.completed", "response.incomplete", "response.failed").contains(event.getString("type"));
    }

    CheckedStream ask(JsonObject request) {
        return send(request).answer();
    }

    boolean isSilent() {
        return messages.isEmpty();
    }

    /** With which code the gateway has closed it. */
    int awaitClose() {
        return closed.orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS).join();
    }

    boolean isClosed() {
        return closed.isDone();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
