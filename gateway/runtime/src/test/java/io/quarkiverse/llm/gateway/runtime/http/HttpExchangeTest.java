package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Of single exchanges, on a server that does nothing else. */
class HttpExchangeTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;

    private GatewayClient serve(Handler<RoutingContext> before, Consumer<HttpExchange> route) {
        Router router = Router.router(vertx);
        router.route().handler(before);
        router.route().handler(new Methods(true, java.util.Map.of(HttpMethod.GET,
                routing -> route.accept(new HttpExchange(routing, WireApi.AUTO)))));
        server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").toCompletionStage()
                .toCompletableFuture().join();
        return new GatewayClient(URI.create("http://127.0.0.1:" + server.actualPort()));
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private String see() {
        String thread = Thread.currentThread().getName();
        seen.add(thread.replaceAll(".*(worker|eventloop).*", "$1"));
        return thread;
    }

    private void answer(HttpExchange exchange) {
        see();
        exchange.answer("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8), "done");
    }

    @Test
    void littleIsComputedAtOnce() {
        GatewayClient client = serve(RoutingContext::next,
                exchange -> exchange.compute(1000, this::see, result -> answer(exchange)));
        assertThat(client.get("/").status()).isEqualTo(200);
        assertThat(seen).containsExactly("eventloop", "eventloop");
    }

    @Test
    void muchIsComputedOnAWorkerAndAnsweredOnTheEventLoop() {
        GatewayClient client = serve(RoutingContext::next,
                exchange -> exchange.compute(300_000, this::see, result -> answer(exchange)));
        assertThat(client.get("/").status()).isEqualTo(200);
        assertThat(seen).containsExactly("worker", "eventloop");
    }

    @Test
    void whatComesFromAnotherThreadGoesOnOnTheEventLoopOfTheRequest() {
        List<Handler<RoutingContext>> elsewhere = List.of(
                routing -> vertx.executeBlocking(() -> {
                    routing.next();
                    return null;
                }),
                routing -> Infrastructure.getDefaultExecutor().execute(routing::next));
        for (Handler<RoutingContext> before : elsewhere) {
            GatewayClient client = serve(before, this::answer);
            assertThat(client.get("/").status()).isEqualTo(200);
        }
        assertThat(seen).containsExactly("eventloop", "eventloop");
    }

    @Test
    void evenAnErrorOfTheMachineIsAnAnswer() {
        List<Throwable> thrown = new ArrayList<>(List.of(new StackOverflowError(), new IllegalStateException("no"),
                new StackOverflowError()));
        GatewayClient client = serve(RoutingContext::next, exchange -> {
            int size = thrown.size() == 1 ? 300_000 : 1;
            Throwable next = thrown.remove(0);
            exchange.compute(size, () -> {
                if (next instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) next;
            }, nothing -> {
            });
        });
        for (int i = 0; i < 3; i++) {
            assertThat(client.get("/").status()).isEqualTo(500);
        }
    }

    @Test
    void whoeverWaitsForTheEndBesideUsHearsOfItWhenTheClientLeaves() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        serve(routing -> {
            routing.addEndHandler(end -> ended.countDown());
            routing.next();
        }, exchange -> {
            exchange.await(Uni.createFrom().nothing(), never -> answer(exchange));
            begun.countDown();
        });
        try (RawClient client = new RawClient(URI.create("http://127.0.0.1:" + server.actualPort()), 0)) {
            client.send("GET / HTTP/1.1\r\nhost: gateway\r\n\r\n");
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
