package io.quarkiverse.llm.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.gateway.redis.RedisServerProcess;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Two gateways that have nothing in common but a Redis, which comes and goes. */
@Timeout(240)
class SharedRedisIT {

    private static final int TURNS = 20;
    private static final Duration SOON = Duration.ofSeconds(30);
    /** Until an answer ends that cannot be stored: {@code store.timeout}, and what a loaded machine needs. */
    private static final Duration PROMPTLY = Duration.ofSeconds(3);

    private final AtomicReference<Answer> next = new AtomicReference<>();
    private ScriptedServer llm;
    private RedisServerProcess redis;
    private GatewayProgram a;
    private GatewayProgram b;

    @BeforeEach
    void start() {
        redis = RedisServerProcess.durable();
        llm = ScriptedServer.start(request -> {
            Answer once = next.getAndSet(null);
            return once == null ? Answer.text("after ", said(request)) : once;
        });
        a = gateway();
        b = gateway();
    }

    private GatewayProgram gateway() {
        return GatewayProgram.start(Map.of("QUARKUS_LLM_BASE_URL", llm.baseUrl(), "QUARKUS_LLM_WIRE_API", "chat-completions",
                "QUARKUS_LLM_GATEWAY_AUTHENTICATION", "none", "QUARKUS_LLM_GATEWAY_STORE_TYPE", "redis",
                "QUARKUS_REDIS_HOSTS", redis.url()));
    }

    @AfterEach
    void stop() {
        for (AutoCloseable each : new AutoCloseable[] { a, b, llm, redis }) {
            if (each != null) {
                try {
                    each.close();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** What the users of a conversation have said, in its order. */
    private static String said(RecordedRequest request) {
        List<String> texts = new ArrayList<>();
        for (Object message : request.json().getJsonArray("messages")) {
            if (((JsonObject) message).getString("role").equals("user")) {
                texts.add(((JsonObject) message).getString("content"));
            }
        }
        return String.join(" ", texts);
    }

    private static JsonObject ask(String input) {
        return new JsonObject().put("model", "m").put("input", input);
    }

    private static String text(JsonObject response) {
        return response.getJsonArray("output").getJsonObject(0).getJsonArray("content").getJsonObject(0).getString("text");
    }

    @Test
    void aConversationGoesFromOneToTheOtherWithEachTurn() {
        ResponsesClient[] gateways = { new ResponsesClient(a.baseUrl()), new ResponsesClient(b.baseUrl()) };
        StringBuilder said = new StringBuilder("after");
        String previous = null;
        List<Long> gaps = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            JsonObject request = ask("turn" + turn).put("stream", turn % 3 > 0);
            if (previous != null) {
                request.put("previous_response_id", previous);
            }
            ResponsesClient.Ended ended = gateways[turn % 2].ended(request);
            assertThat(ended.status()).as(ended.response()::encode).isEqualTo(200);
            said.append(" turn").append(turn);
            assertThat(text(ended.response())).isEqualTo(said.toString());
            previous = ended.response().getString("id");
            gaps.add((System.nanoTime() - ended.nanos()) / 1000);
        }
        System.out.println("Microseconds from the last event to the next request: " + gaps);
    }

    @Test
    void itemsOfTheOtherAreFound() {
        JsonObject response = new ResponsesClient(a.baseUrl()).ended(ask("hello").put("stream", true)).response();
        JsonArray input = new JsonArray().add(new JsonObject().put("role", "user").put("content", "hello"))
                .add(new JsonObject().put("type", "item_reference").put("id",
                        response.getJsonArray("output").getJsonObject(0).getString("id")))
                .add(new JsonObject().put("role", "user").put("content", "again"));

        assertThat(text(new ResponsesClient(b.baseUrl()).ended(ask("").put("input", input)).response()))
                .isEqualTo("after hello again");
        JsonArray messages = llm.requests().get(llm.requests().size() - 1).json().getJsonArray("messages");
        assertThat(messages.getJsonObject(1).getString("content")).isEqualTo("after hello");
    }

    @Test
    void whatIsMadeInTheBackgroundOfOneIsFollowedReadAndCancelledThroughTheOther() {
        ResponsesClient first = new ResponsesClient(a.baseUrl());
        ResponsesClient second = new ResponsesClient(b.baseUrl());
        CompletableFuture<Void> released = new CompletableFuture<>();
        next.set(Answer.text("slow ").pauseUntil(released).thenText("job"));
        JsonObject job = first.ended(ask("job").put("background", true)).response();
        assertThat(job.getString("status")).isEqualTo("queued");
        CompletableFuture<ResponsesClient.Ended> followed = CompletableFuture
                .supplyAsync(() -> second.get(job.getString("id"), "?stream=true"));
        await().atMost(SOON)
                .until(() -> second.get(job.getString("id"), "").response().getString("status").equals("in_progress"));
        released.complete(null);
        assertThat(text(followed.join().response())).isEqualTo("slow job");
        assertThat(text(second.get(job.getString("id"), "?stream=true&starting_after=3").response())).isEqualTo("slow job");
        assertThat(text(second.get(job.getString("id"), "").response())).isEqualTo("slow job");

        next.set(Answer.text("never ").pauseUntil(new CompletableFuture<>()).thenText("ends"));
        String endless = first.ended(ask("endless").put("background", true)).response().getString("id");
        await().atMost(SOON).until(() -> next.get() == null);
        assertThat(second.cancel(endless).response().getString("status")).isEqualTo("cancelled");
        await().atMost(SOON)
                .until(() -> first.get(endless, "").response().getString("status").equals("cancelled"));
        assertThat(llm.requests().get(llm.requests().size() - 1).awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void whenOneIsKilledTheOtherGoesOn() {
        JsonObject response = new ResponsesClient(a.baseUrl()).ended(ask("first").put("stream", true)).response();
        a.close();

        assertThat(text(new ResponsesClient(b.baseUrl())
                .ended(ask("second").put("previous_response_id", response.getString("id"))).response()))
                .isEqualTo("after first second");
    }

    @Test
    void whenRedisIsKilledAnAnswerUnderWayEndsAndAllIsWellWhenItIsBack() {
        assertOutage(redis::kill, redis::start);
    }

    @Test
    void whenRedisHangsAnAnswerUnderWayEndsAndAllIsWellWhenItGoesOn() {
        assertOutage(redis::freeze, redis::unfreeze);
    }

    private void assertOutage(Runnable begin, Runnable end) {
        ResponsesClient first = new ResponsesClient(a.baseUrl());
        ResponsesClient second = new ResponsesClient(b.baseUrl());
        String before = first.ended(ask("before").put("stream", true)).response().getString("id");
        second.ended(ask("warm").put("previous_response_id", before));
        CompletableFuture<Void> released = new CompletableFuture<>();
        next.set(Answer.text("under ").pauseUntil(released).thenText("way"));
        CompletableFuture<ResponsesClient.Ended> underWay = CompletableFuture
                .supplyAsync(() -> first.ended(ask("meanwhile").put("stream", true)));
        await().atMost(SOON).until(() -> next.get() == null);

        begin.run();
        long since = System.nanoTime();
        released.complete(null);
        ResponsesClient.Ended ended = underWay.join();
        assertThat(Duration.ofNanos(ended.nanos() - since)).isLessThan(PROMPTLY);
        assertThat(text(ended.response())).isEqualTo("under way");
        assertThat(ended.response().getString("status")).isEqualTo("completed");
        assertThat(ended.response().getBoolean("store")).isFalse();
        a.awaitLog("is not stored");

        for (boolean stream : new boolean[] { true, false }) {
            long asked = System.nanoTime();
            ResponsesClient.Ended refused = second.ended(ask("so").put("previous_response_id", before).put("stream", stream));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.response().getJsonObject("error").getString("code")).isEqualTo("store_unavailable");
            assertThat(refused.retryAfter()).isPositive();
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(PROMPTLY);
            assertThat(second.ended(ask("on its own").put("store", false).put("stream", stream)).status()).isEqualTo(200);
        }

        end.run();
        for (ResponsesClient each : List.of(first, second)) {
            await().atMost(SOON).untilAsserted(() -> {
                ResponsesClient.Ended again = each.ended(ask("after").put("previous_response_id", before).put("stream", true));
                assertThat(again.status()).isEqualTo(200);
                assertThat(text(again.response())).isEqualTo("after before after");
                assertThat(again.response().getBoolean("store")).isTrue();
            });
        }
        assertThat(a.log() + b.log()).doesNotContain("ERROR");
    }
}
