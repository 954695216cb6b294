package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;

/** A client of WebSockets that shows the messages as they come. */
final class SocketClient implements AutoCloseable {

    static final String CREATE = "{\"type\":\"response.create\",\"model\":\"m\",\"store\":false,\"input\":\"Hi\"}";

    private static final Set<String> LAST = Set.of("response.completed", "response.incomplete", "response.failed", "error");
    private static final int LARGE = 64 * 1024 * 1024;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final WebSocketClient client;
    private final ScriptedServer server;

    SocketClient(ScriptedServer server) {
        this(server, new WebSocketClientOptions());
    }

    SocketClient(ScriptedServer server, WebSocketClientOptions options) {
        this.server = server;
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions(options).setMaxFrameSize(LARGE)
                .setMaxMessageSize(LARGE));
    }

    /** One connection. */
    static final class Connection {

        final BlockingQueue<Object> messages = new LinkedBlockingQueue<>();
        final Queue<WebSocketFrame> frames = new ConcurrentLinkedQueue<>();
        final List<Throwable> failures = new CopyOnWriteArrayList<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        final WebSocket socket;
        final MultiMap headers;

        private Connection(WebSocket socket) {
            this.socket = socket;
            this.headers = socket.headers();
            socket.frameHandler(frames::add);
            socket.textMessageHandler(messages::add);
            socket.binaryMessageHandler(messages::add);
            socket.exceptionHandler(failures::add);
            socket.closeHandler(now -> closed.complete(
                    socket.closeStatusCode() == null ? 1006 : Integer.valueOf(socket.closeStatusCode())));
        }

        Connection ask(String request) {
            await(socket.writeTextMessage(request));
            return this;
        }

        Connection ask(JsonObject request) {
            return ask(Json.text(request));
        }

        Object take() {
            try {
                Object message = messages.poll(10, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("No message came");
                }
                return message;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        String text() {
            return (String) take();
        }

        JsonObject event() {
            return Json.object(text());
        }

        /** All messages up to the one that ends a response. */
        List<JsonObject> answer() {
            List<JsonObject> events = new ArrayList<>();
            do {
                events.add(event());
            } while (!LAST.contains(events.get(events.size() - 1).getString("type"))
                    || "error".equals(EventEdits.type(events.get(events.size() - 1)))
                            && !events.get(events.size() - 1).containsKey("status"));
            return events;
        }

        List<JsonObject> answer(String request) {
            return ask(request).answer();
        }

        JsonObject last(JsonObject request) {
            List<JsonObject> events = ask(request).answer();
            return events.get(events.size() - 1);
        }

        int closeCode() {
            try {
                return closed.get(10, TimeUnit.SECONDS);
            } catch (TimeoutException | InterruptedException | ExecutionException e) {
                throw new AssertionError("The WebSocket is still open", e);
            }
        }

        void close() {
            await(socket.close());
        }
    }

    Connection connect() {
        return connect("/v1/responses");
    }

    Connection connect(String path) {
        return await(opening(path));
    }

    Future<Connection> opening(String path) {
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        WebSocketConnectOptions options = new WebSocketConnectOptions().setHost("127.0.0.1").setPort(server.port())
                .setURI(path).addHeader("authorization", "Bearer key");
        // handlers are set before a message can come
        vertx.getOrCreateContext().runOnContext(now -> client.connect(options).map(Connection::new).onSuccess(opened::complete)
                .onFailure(opened::completeExceptionally));
        return Future.fromCompletionStage(opened);
    }

    static JsonObject create() {
        return Json.object(CREATE);
    }

    static JsonObject after(String previous) {
        return create().put("previous_response_id", previous);
    }

    /** What the deltas of a message say together. */
    static String text(List<JsonObject> events) {
        return String.join("", events.stream().filter(event -> EventEdits.is(event, "response.output_text.delta"))
                .map(event -> event.getString("delta")).toList());
    }

    static String code(JsonObject error) {
        return error.getJsonObject("error").getString("code");
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    static Buffer binary(int... bytes) {
        Buffer buffer = Buffer.buffer();
        for (int b : bytes) {
            buffer.appendByte((byte) b);
        }
        return buffer;
    }
}
