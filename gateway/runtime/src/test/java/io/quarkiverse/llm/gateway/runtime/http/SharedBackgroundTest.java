package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.gateway.runtime.state.JobTimes;
import io.quarkiverse.llm.gateway.runtime.store.CaffeineStateStore;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.json.JsonObject;

/** Two instances of the gateway with one store: one makes responses, the other is asked for them. */
@Timeout(60)
class SharedBackgroundTest {

    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final ScriptedServer llm = ScriptedServer.start();
    private final LogLines log = LogLines.all();
    private final CaffeineStateStore store = new CaffeineStateStore(Duration.ofHours(1), 10_000, 100_000_000);
    private final StoreInFront way = new StoreInFront(store);
    /** How long the other one waits for a sign of the maker, which may be slow on a busy machine. */
    private Duration lease = Duration.ofSeconds(30);
    private GatewayServer one;
    private GatewayServer two;

    private Background maker() {
        if (one == null) {
            one = GatewayServer.start(llm, Map.of(), Map.of(), Optional.of(way), times(Duration.ofSeconds(30)));
            two = GatewayServer.start(llm, Map.of(), Map.of(), Optional.of(store), times(lease));
        }
        return new Background(one.client());
    }

    private static JobTimes times(Duration lease) {
        return new JobTimes(Duration.ofMillis(20), Duration.ofMillis(50), lease);
    }

    private Background other() {
        maker();
        return new Background(two.client());
    }

    @AfterEach
    void stop() {
        way.mend();
        released.complete(null);
        one.close();
        two.close();
        llm.close();
        log.close();
    }

    private JsonObject underWay() {
        llm.enqueue(Answer.text("Hel").pauseUntil(released).thenText("lo"));
        JsonObject response = maker().begun(Background.request("Hi"));
        maker().become(response, "in_progress");
        return response;
    }

    private static void seesTheBeginning(RawClient client) {
        assertThat(client.head().status()).isEqualTo(200);
        client.chunkWith("\"Hel\"");
    }

    @Test
    void theOtherOneSeesItAndFollowsIt() {
        JsonObject response = underWay();
        CompletableFuture<CheckedStream> followed = CompletableFuture.supplyAsync(() -> other().stream(response));
        CompletableFuture<CheckedStream> rest = CompletableFuture.supplyAsync(() -> other().streamAfter(response, 4));
        try (RawClient client = RawClient.of(two).get(Background.path(response) + "?stream=true")) {
            seesTheBeginning(client);
        }
        assertThat(followed).isNotDone();

        released.complete(null);

        assertThat(followed.join()).isEqualTo(maker().stream(response));
        List<JsonObject> all = followed.join().events();
        assertThat(rest.join().events()).isEqualTo(all.subList(5, all.size()));
        assertThat(other().now(response)).isEqualTo(maker().now(response)).isEqualTo(followed.join().response());
    }

    @Test
    void theOtherOneCancelsIt() {
        JsonObject response = underWay();
        try (RawClient client = RawClient.of(two).get(Background.path(response) + "?stream=true")) {
            seesTheBeginning(client);

            JsonObject cancelled = other().cancelled(response);

            assertThat(cancelled.getString("status")).isEqualTo("cancelled");
            assertThat(cancelled.getString("output_text")).isEqualTo("Hel");
            assertThat(llm.takeRequest().awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
            client.chunkWith("response.incomplete");
            assertThat(maker().now(response)).isEqualTo(cancelled);
            assertThat(other().cancelled(response)).isEqualTo(cancelled);
        }
    }

    @Test
    void theOtherOneDeletesIt() {
        JsonObject response = underWay();
        List<String> keys = List.of("anyone/job/" + response.getString("id"),
                "anyone/events/" + response.getString("id") + "/0");
        assertThat(store.getAll(keys).await().indefinitely()).hasSize(2);

        assertThat(two.client().delete(Background.path(response)).status()).isEqualTo(200);

        assertThat(llm.takeRequest().awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
        GatewayFixture.await().until(() -> one.routes().whenIdle().isDone());
        assertThat(one.client().get(Background.path(response)).status()).isEqualTo(404);
        assertThat(two.client().get(Background.path(response)).status()).isEqualTo(404);
        // nothing of it is left that nobody could ever read
        GatewayFixture.await().untilAsserted(() -> assertThat(store.getAll(keys).await().indefinitely()).isEmpty());
    }

    @Test
    void whoFollowsOneElsewhereThatIsDeletedIsCutOff() {
        JsonObject response = underWay();
        try (RawClient client = RawClient.of(two).get(Background.path(response) + "?stream=true")) {
            seesTheBeginning(client);

            two.client().delete(Background.path(response));

            client.awaitClosed();
        }
        assertThat(log.requests()).anyMatch(line -> line.contains("outcome=unreadable"));
    }

    @Test
    void aResponseWhoseMakerIsGoneHasFailed() {
        lease = Duration.ofSeconds(3);
        JsonObject response = underWay();
        try (RawClient client = RawClient.of(two).get(Background.path(response) + "?stream=true")) {
            seesTheBeginning(client);
            way.cut();

            client.chunkWith("response.failed");
        }
        JsonObject failed = other().become(response, "failed");
        assertThat(failed.getJsonObject("error")).isEqualTo(new JsonObject().put("code", "server_error")
                .put("message", "The instance that made this response is gone"));
        CheckedStream stream = other().stream(response);
        assertThat(stream.text()).isEqualTo("Hel");
        assertThat(stream.response()).isEqualTo(failed);
        assertThat(other().cancelled(response)).isEqualTo(failed);
    }

    @Test
    void whoWasTakenForGoneDoesNotWriteWhenItComesBack() {
        lease = Duration.ofSeconds(3);
        JsonObject response = underWay();
        way.cut();
        JsonObject failed = other().become(response, "failed");

        way.mend();
        released.complete(null);

        GatewayFixture.await().until(() -> one.routes().whenIdle().isDone());
        assertThat(other().now(response)).isEqualTo(failed);
        assertThat(maker().now(response)).isEqualTo(failed);
        assertThat(other().stream(response).response()).isEqualTo(failed);
    }

    @Test
    void aShortOutageOfTheStoreHarmsNothing() {
        JsonObject response = underWay();
        way.cut();
        GatewayFixture.await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        way.mend();
        released.complete(null);

        JsonObject completed = other().become(response, "completed");
        assertThat(completed.getString("output_text")).isEqualTo("Hello");
        assertThat(other().stream(response).text()).isEqualTo("Hello");
    }
}
