package io.quarkiverse.llm.runtime.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** A server that knows no HTTP: it sends what a test wants, right or wrong. */
public final class RawServer implements AutoCloseable {

    static final String ANSWER = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 11\r\n\r\ndata: 1\n\n\r\n";

    public final List<NetSocket> connections = new CopyOnWriteArrayList<>();
    private final NetServer server;

    /**
     * @param onData gets a connection, and what came on it, as it comes
     */
    public RawServer(Vertx vertx, BiConsumer<NetSocket, String> onData) {
        server = vertx.createNetServer().connectHandler(connection -> {
            connections.add(connection);
            connection.handler(data -> onData.accept(connection, data.toString(ISO_8859_1)));
        }).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.actualPort() + "/v1";
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
