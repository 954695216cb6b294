package io.quarkiverse.llm.runtime.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

/** A scripted server, and exchanges with it on one event loop. */
final class TransportFixture implements AutoCloseable {

    final ScriptedServer server = ScriptedServer.start();
    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    final ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();

    TestSettings settings() {
        return TestSettings.of(server.baseUrl());
    }

    HttpTransport transport(ProviderSettings settings) {
        return new HttpTransport(settings, vertx, options -> {
        });
    }

    OutgoingRequest stream(ProviderSettings settings) {
        return request(settings, true);
    }

    OutgoingRequest whole(ProviderSettings settings) {
        return request(settings, false);
    }

    private static OutgoingRequest request(ProviderSettings settings, boolean stream) {
        return new OutgoingRequest("POST", settings.endpoint().target("chat/completions"), Map.of("accept", "*/*"),
                ("{\"model\":\"m\",\"stream\":" + stream + "}").getBytes(UTF_8), stream, settings.timeLimits());
    }

    <L extends ExchangeListener> Exchange open(HttpTransport transport, OutgoingRequest request, L listener) {
        CompletableFuture<Exchange> exchange = new CompletableFuture<>();
        context.runOnContext(there -> exchange.complete(transport.open(context, request, listener)));
        return exchange.join();
    }

    /** Opens a stream with these settings. */
    RecordingListener stream(TestSettings settings) {
        return open(settings.build(), true);
    }

    RecordingListener whole(TestSettings settings) {
        return open(settings.build(), false);
    }

    private RecordingListener open(ProviderSettings settings, boolean stream) {
        RecordingListener listener = new RecordingListener();
        open(transport(settings), request(settings, stream), listener);
        return listener;
    }

    void onLoop(Runnable action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.runOnContext(there -> {
            action.run();
            done.complete(null);
        });
        done.join();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }
}
