package io.quarkiverse.llm.runtime.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** A scripted server, and exchanges with it over WebSockets on one event loop, or another. */
final class SocketFixture implements AutoCloseable {

    static final String FRAME = "{\"type\":\"response.create\",\"model\":\"m\",\"input\":\"Hi\"}";
    private static final Set<String> LAST = Set.of("response.completed", "response.failed", "response.incomplete", "error");
    private static final Set<String> FIRST = Set.of("response.created", "response.failed", "error");
    static final AnswerBounds BOUNDS = new AnswerBounds() {
        @Override
        public boolean isFirst(byte[] data, int offset, int length) {
            return isOne(FIRST, data, offset, length);
        }

        @Override
        public boolean isLast(byte[] data, int offset, int length) {
            return isOne(LAST, data, offset, length);
        }
    };

    final ScriptedServer server = ScriptedServer.start();
    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    final ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
    final ContextInternal otherLoop = ((VertxInternal) vertx).createEventLoopContext();

    TestSettings settings() {
        return TestSettings.of(server.baseUrl());
    }

    WebSocketTransport transport(TestSettings settings) {
        return transport(settings.build());
    }

    WebSocketTransport transport(ProviderSettings settings) {
        return new WebSocketTransport(settings, vertx, BOUNDS, options -> {
        });
    }

    static boolean isLast(byte[] data, int offset, int length) {
        return BOUNDS.isLast(data, offset, length);
    }

    private static boolean isOne(Set<String> types, byte[] data, int offset, int length) {
        try {
            return types.contains(new JsonObject(new String(data, offset, length, UTF_8)).getString("type"));
        } catch (DecodeException e) {
            return false;
        }
    }

    static OutgoingRequest outgoing(ProviderSettings settings, String key) {
        return new OutgoingRequest("POST", settings.endpoint().target("responses"),
                Map.of("accept", "text/event-stream", "content-type", "application/json", "authorization", "Bearer " + key),
                FRAME.getBytes(UTF_8), true, settings.timeLimits());
    }

    static OutgoingRequest outgoing(WebSocketTransport transport) {
        return outgoing(transport.settings(), "sesame");
    }

    Taker ask(WebSocketTransport transport) {
        return ask(transport, new Taker());
    }

    Taker ask(TestSettings settings) {
        return ask(transport(settings));
    }

    <T extends Taker> T ask(WebSocketTransport transport, T taker) {
        return ask(context, transport, WebSocketRequest.of(outgoing(transport)), taker);
    }

    <T extends Taker> T ask(ContextInternal on, WebSocketTransport transport, WebSocketRequest request, T taker) {
        run(on, () -> taker.exchange = transport.open(on, request, taker));
        return taker;
    }

    void onLoop(Runnable action) {
        run(context, action);
    }

    static void run(ContextInternal on, Runnable action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        on.runOnContext(there -> {
            try {
                action.run();
                done.complete(null);
            } catch (Throwable t) {
                done.completeExceptionally(t);
            }
        });
        done.join();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }
}
