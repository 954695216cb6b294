package io.quarkiverse.llm.runtime.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.provider.ResponsesBounds;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

/** A scripted server, and exchanges with it over WebSockets on one event loop, or another. */
final class SocketFixture implements AutoCloseable {

    static final String FRAME = "{\"type\":\"response.create\",\"model\":\"m\",\"input\":\"Hi\"}";
    static final AnswerBounds BOUNDS = new ResponsesBounds();

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
