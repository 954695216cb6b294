package io.quarkiverse.llm.scripted;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/** The WebSockets of a server, and who wanted one. */
final class WebSockets {

    /** Vert.x's own limits, 64 and 256 KiB, are too small for a conversation with an image in it. */
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    final Vertx vertx;
    final Script script;
    final RequestLog requests;
    final Exchanges exchanges;
    private final ConnectionLog connections;
    private final List<RecordedRequest> upgrades = new CopyOnWriteArrayList<>();
    private final List<ScriptedWebSocket> opened = new CopyOnWriteArrayList<>();
    private final WebSocketMode initialMode;
    private volatile WebSocketMode mode;
    private volatile int resets;

    WebSockets(Vertx vertx, Script script, RequestLog requests, ConnectionLog connections, Exchanges exchanges,
            WebSocketMode initialMode) {
        this.vertx = vertx;
        this.script = script;
        this.requests = requests;
        this.connections = connections;
        this.exchanges = exchanges;
        this.initialMode = initialMode;
        this.mode = initialMode;
    }

    /** A copy whose limits for WebSockets are large, unless they were set. */
    static HttpServerOptions forLargeMessages(HttpServerOptions options) {
        HttpServerOptions copy = new HttpServerOptions(options);
        if (copy.getMaxWebSocketFrameSize() == HttpServerOptions.DEFAULT_MAX_WEBSOCKET_FRAME_SIZE) {
            copy.setMaxWebSocketFrameSize(MOST_BYTES);
        }
        if (copy.getMaxWebSocketMessageSize() == HttpServerOptions.DEFAULT_MAX_WEBSOCKET_MESSAGE_SIZE) {
            copy.setMaxWebSocketMessageSize(MOST_BYTES);
        }
        return copy;
    }

    static boolean isUpgrade(HttpServerRequest request) {
        return request.method() == HttpMethod.GET && request.path().endsWith("/responses")
                && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    void upgrade(HttpServerRequest request) {
        RecordedRequest upgrade = RecordedRequest.of(upgrades.size() + 1, connections.numberOf(request.connection()), request,
                "");
        upgrades.add(upgrade);
        Context context = vertx.getOrCreateContext();
        exchanges.add(upgrade, context, () -> request.connection().close());
        Optional<Answer> refusal = script.refusal(Api.RESPONSES).or(mode::refusal);
        if (refusal.isPresent()) {
            request.body().onSuccess(body -> new HttpPlayback(context, request, upgrade,
                    Rendering.of(refusal.get(), upgrade)).start());
            return;
        }
        // the client may hear of its WebSocket before this thread does
        ScriptedWebSocket open = new ScriptedWebSocket(upgrade, context);
        opened.add(open);
        request.toWebSocket().onSuccess(socket -> {
            new ResponsesSocket(this, upgrade, socket, request.connection()).open(open);
            upgrade.ended(Outcome.COMPLETED);
        }).onFailure(failure -> {
            opened.remove(open);
            upgrade.ended(Outcome.CLIENT_CLOSED);
        });
    }

    void mode(WebSocketMode newMode) {
        mode = newMode;
    }

    WebSocketMode mode() {
        return mode;
    }

    List<ScriptedWebSocket> opened() {
        return List.copyOf(opened);
    }

    List<RecordedRequest> upgrades() {
        return List.copyOf(upgrades);
    }

    /** Which time this is, between two resets. */
    int resets() {
        return resets;
    }

    synchronized void reset() {
        mode = initialMode;
        upgrades.clear();
        opened.clear();
        resets++;
    }
}
