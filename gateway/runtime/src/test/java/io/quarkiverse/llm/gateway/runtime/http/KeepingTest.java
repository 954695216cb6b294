package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** The end of an answer waits for the store, but not for ever. */
@Timeout(60)
class KeepingTest {

    private final ScriptedServer llm = ScriptedServer.start();
    private final LogLines log = LogLines.all();
    private final StoreInFront store = new StoreInFront();
    private GatewayServer server;

    private GatewayClient gateway() {
        server = GatewayServer.start(llm, Map.of("quarkus.llm-gateway.store.timeout", "300ms"), store);
        llm.enqueue(Answer.text("Hello"));
        return server.client();
    }

    @AfterEach
    void stop() {
        server.close();
        llm.close();
        log.close();
    }

    private static final Supplier<Uni<Void>> NEVER = () -> Uni.createFrom().nothing();

    private void assertNotStored(Answered answered, JsonObject response) {
        assertThat(answered.status()).isEqualTo(200);
        assertThat(response.getString("status")).isEqualTo("completed");
        assertThat(response.getBoolean("store")).isFalse();
        assertThat(log.lines()).anyMatch(line -> line.contains("is not stored, and its client is told so"));
    }

    @Test
    void theLastEventComesWhenTheResponseIsKept() throws Exception {
        CompletableFuture<Void> written = new CompletableFuture<>();
        store.before(() -> Uni.createFrom().completionStage(written));
        GatewayClient gateway = gateway();

        CompletableFuture<Answered> answer = CompletableFuture
                .supplyAsync(() -> gateway.responses(Requests.response("Hi")));
        GatewayFixture.await().until(() -> store.puts() == 1);
        assertThat(answer).isNotDone();
        written.complete(null);

        assertThat(answer.get(10, TimeUnit.SECONDS).stream().response().getBoolean("store")).isTrue();
    }

    @Test
    void aStoreThatSaysNothingIsWaitedForNoLongerThanIsSet() {
        store.before(NEVER);
        GatewayClient gateway = gateway();
        long begun = System.nanoTime();
        Answered answered = gateway.responses(Requests.response("Hi"));
        assertNotStored(answered, answered.stream().response());
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofMillis(300), Duration.ofSeconds(10));
    }

    @Test
    void anAnswerThatCannotBeKeptSaysSoInAnyForm() {
        store.cutWrites();
        GatewayClient gateway = gateway();
        Answered streamed = gateway.responses(Requests.response("Hi"));
        assertNotStored(streamed, streamed.stream().response());

        llm.enqueue(Answer.text("Hello"));
        Answered whole = gateway.responses(Requests.response("Hi").put("stream", false));
        assertNotStored(whole, whole.json());
    }

    @Test
    void whoWantsNothingStoredDoesNotWait() {
        store.before(NEVER);
        Answered answered = gateway().responses(Requests.response("Hi").put("store", false));
        assertThat(answered.stream().text()).isEqualTo("Hello");
        assertThat(store.puts()).isZero();
    }

    @Test
    void aRequestThatGoesOnWhileTheStoreIsAwayMayBeTriedAgain() {
        GatewayClient gateway = gateway();
        String id = gateway.responses(Requests.response("Hi")).stream().response().getString("id");
        store.cut();

        Answered answered = gateway.responses(Requests.response("So?").put("previous_response_id", id));

        assertThat(answered.status()).isEqualTo(503);
        assertThat(answered.error().getString("code")).isEqualTo("store_unavailable");
        assertThat(answered.header("retry-after")).isEqualTo("1");
        assertThat(answered.text()).doesNotContain("is cut");
    }
}
