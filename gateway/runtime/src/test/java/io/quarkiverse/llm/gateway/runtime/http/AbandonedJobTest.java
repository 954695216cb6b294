package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** What clients that leave do to responses that are made in the background: nothing. */
@Timeout(60)
class AbandonedJobTest {

    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final CompletableFuture<Void> written = new CompletableFuture<>();
    private final ScriptedServer llm = ScriptedServer.start();
    private final LogLines log = LogLines.all();
    private final StoreInFront store = new StoreInFront();
    private GatewayServer server;

    private Background start(String key, String value) {
        server = GatewayServer.start(llm, Map.of("quarkus.llm-gateway." + key, value), store);
        return new Background(server.client());
    }

    /** No write ends before {@link #written} says so. */
    private void holdWrites() {
        store.before(() -> Uni.createFrom().completionStage(written::copy));
    }

    private void awaitOutcome(String outcome) {
        GatewayFixture.await().until(() -> log.requests().stream().anyMatch(line -> line.contains("outcome=" + outcome)));
    }

    @AfterEach
    void stop() {
        written.complete(null);
        released.complete(null);
        server.close();
        llm.close();
        log.close();
    }

    @Test
    void whoCancelsOneAndLeavesDoesNotKeepItsPlace() {
        Background background = start("background.max-concurrent", "1");
        llm.enqueue(Answer.text("Hel").pauseUntil(released), Answer.text("second"));
        JsonObject first = background.begun(Background.request("1"));
        background.become(first, "in_progress");
        holdWrites();
        try (RawClient client = RawClient.of(server).post(Background.path(first) + "/cancel", new byte[0])) {
            awaitOutcome("cancelled");
        }
        awaitOutcome("client-left");

        written.complete(null);

        GatewayFixture.await().until(() -> server.routes().whenIdle().isDone());
        background.become(background.begun(Background.request("2")), "completed");
    }

    @Test
    void oneThatNeverBeganEndsNoTimerOfOthers() {
        Background background = start("background.max-concurrent", "1");
        AtomicInteger ticks = new AtomicInteger();
        // the first timer of all
        assertThat(server.vertx().setPeriodic(5, due -> ticks.incrementAndGet())).isZero();
        llm.enqueue(Answer.text("Hel").pauseUntil(released));
        background.become(background.begun(Background.request("1")), "in_progress");
        JsonObject queued = background.begun(Background.request("2"));

        background.cancelled(queued);

        int before = ticks.get();
        GatewayFixture.await().until(() -> ticks.get() > before + 1);
    }

    @Test
    void nothingIsLeftOfThoseThatFollowedAndLeft() {
        Background background = start("background.max-concurrent", "1");
        llm.enqueue(Answer.text("Hel").pauseUntil(released));
        JsonObject response = background.begun(Background.request("Hi"));
        background.become(response, "in_progress");
        for (int i = 0; i < 20; i++) {
            try (RawClient client = RawClient.of(server).get(Background.path(response) + "?stream=true")) {
                client.head();
                client.chunkWith("\"Hel\"");
            }
        }
        GatewayFixture.await().untilAsserted(
                () -> assertThat(LiveObjects.of(name -> name.contains(".answer.JobFeed"))).isEmpty());
    }

    @Test
    void whoLeavesBeforeItIsQueuedHasOneRequestUnderWay() {
        start("limits.concurrent-requests", "1");
        llm.enqueue(Answer.text("Hel").pauseUntil(released));
        holdWrites();
        try (RawClient client = RawClient.of(server).ask(Background.request("Hi"))) {
            GatewayFixture.await().until(() -> store.puts() == 1);
        }
        awaitOutcome("client-left");
        assertThat(openRequests()).isEqualTo(1);

        written.complete(null);
        llm.takeRequest();
        assertThat(openRequests()).isEqualTo(1);

        released.complete(null);
        GatewayFixture.await().until(() -> openRequests() == 0);
    }

    @Test
    void oneThatCannotBeStoredGivesBackWhatItHas() {
        Background background = start("limits.concurrent-requests", "1");
        store.cutWrites();

        assertThat(background.gateway().responses(Background.request("Hi")).status()).isGreaterThanOrEqualTo(500);

        assertThat(openRequests()).isZero();
    }

    private int openRequests() {
        return server.client().get("/v1/usage").json().getInteger("open_requests");
    }
}
