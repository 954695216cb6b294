package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.vertx.core.json.JsonObject;

/** Responses that are made while nobody waits for them. */
class BackgroundTest extends GatewayFixture {

    private final CompletableFuture<Void> released = new CompletableFuture<>();

    private Background background() {
        return new Background(gateway());
    }

    private JsonObject begun(String input) {
        return background().begun(Background.request(input));
    }

    @Test
    void itIsQueuedAtOnceAndThereWhenItIsDone() {
        llm.enqueue(Answer.text("Hello").pauseUntil(released).thenText(" Ada"));
        JsonObject queued = begun("I am Ada");
        assertThat(queued.getBoolean("background")).isTrue();
        assertThat(queued.getJsonArray("output")).isEmpty();
        background().become(queued, "in_progress");

        released.complete(null);
        JsonObject completed = background().become(queued, "completed");

        assertThat(completed.getString("output_text")).isEqualTo("Hello Ada");
        assertThat(completed.getString("id")).isEqualTo(queued.getString("id"));
        CheckedStream stream = background().stream(queued);
        assertThat(stream.types()).startsWith("response.created", "response.queued", "response.in_progress");
        assertThat(stream.response()).isEqualTo(completed);
        assertThat(log.requests()).anyMatch(line -> line.contains("responses key=") && line.contains("outcome=queued"))
                .anyMatch(line -> line.contains("responses background key=") && line.contains("outcome=completed"));
    }

    @ParameterizedTest
    @CsvSource({ "scripted", "native/x" })
    void noProviderHearsThatNobodyWaits(String model) {
        llm.enqueue(Answer.text("Hello"));
        background().become(background().begun(Background.request("Hi").put("model", model)), "completed");

        JsonObject sent = llm.takeRequest().json();
        assertThat(sent.containsKey("background")).isFalse();
        assertThat(sent.getBoolean("stream")).isTrue();
    }

    @Test
    void aStreamGoesOnWithoutItsClientAndIsTakenUpFromAnywhere() {
        llm.enqueue(Answer.text("Hel").pauseUntil(released).thenText("lo", " Ada"));
        List<JsonObject> seen;
        try (RawClient client = raw().ask(Background.request("I am Ada").put("stream", true))) {
            client.head();
            StringBuilder text = new StringBuilder();
            while (!text.toString().contains("\"Hel\"")) {
                text.append(client.chunk());
            }
            seen = CheckedStream.of(RawClient.utf8(text.toString())).events();
        }
        JsonObject response = seen.get(0).getJsonObject("response");
        await().until(() -> log.requests().stream().anyMatch(line -> line.contains("outcome=client-left")));
        CompletableFuture<CheckedStream> live = CompletableFuture
                .supplyAsync(() -> background().streamAfter(response, seen.size() - 1));
        try (RawClient client = raw().get(Background.path(response) + "?stream=true")) {
            client.head();
            // what has come is told at once, though it is not over
            client.chunkWith("\"Hel\"");
        }
        assertThat(live).isNotDone();
        released.complete(null);

        List<JsonObject> all = new ArrayList<>(seen);
        all.addAll(live.join().events());
        assertThat(all).isEqualTo(background().stream(response).events());
        assertThat(all).extracting(event -> event.getInteger("sequence_number")).startsWith(0, 1, 2, 3);
        for (int after = -1; after < all.size(); after++) {
            assertThat(background().streamAfter(response, after).events()).isEqualTo(all.subList(after + 1, all.size()));
        }
    }

    @Test
    void aCancelledOneStopsItsProviderAndKeepsWhatItHasSaid() {
        llm.enqueue(Answer.text("Hel").pauseUntil(released).thenText("lo"));
        JsonObject response = begun("Hi");
        RecordedRequest request = llm.takeRequest();
        CompletableFuture<CheckedStream> live = CompletableFuture.supplyAsync(() -> background().stream(response));
        await().until(() -> gateway().get(Background.path(response)).text().contains("in_progress"));
        try (RawClient client = raw().get(Background.path(response) + "?stream=true")) {
            client.head();
            client.chunkWith("\"Hel\"");
        }

        JsonObject cancelled = background().cancelled(response);

        assertThat(request.awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
        assertThat(cancelled.getString("status")).isEqualTo("cancelled");
        JsonObject message = cancelled.getJsonArray("output").getJsonObject(0);
        assertThat(message.getString("status")).isEqualTo("incomplete");
        assertThat(message.getJsonArray("content").getJsonObject(0).getString("text")).isEqualTo("Hel");
        assertThat(background().now(response)).isEqualTo(cancelled);
        assertThat(background().cancelled(response)).isEqualTo(cancelled);
        assertThat(live.join().last().getString("type")).isEqualTo("response.incomplete");
        assertThat(live.join().response()).isEqualTo(cancelled);
        assertThat(background().stream(response)).isEqualTo(live.join());
        assertThat(log.requests()).anyMatch(line -> line.contains(" background ") && line.contains("outcome=cancelled"));
        assertThat(gateway().responses(Requests.response("So?").put("previous_response_id", response.getString("id")))
                .error().getString("code")).isEqualTo("previous_response_not_found");
    }

    @Test
    void oneThatIsOverStaysWhatItIs() {
        llm.enqueue(Answer.text("Hello"));
        JsonObject completed = background().become(begun("Hi"), "completed");
        assertThat(background().cancelled(completed)).isEqualTo(completed);
    }

    @Test
    void aConversationGoesOnWithIt() {
        llm.enqueue(Answer.text("Hello Ada"), Answer.text("Ada"));
        JsonObject first = begun("I am Ada");
        background().become(first, "completed");
        llm.takeRequest();

        gateway().responses(Requests.response("Who am I?").put("previous_response_id", first.getString("id"))).stream();

        assertThat(llm.takeRequest().json().getJsonArray("messages"))
                .extracting(message -> ((JsonObject) message).getString("content"))
                .containsExactly("I am Ada", "Hello Ada", "Who am I?");
        assertThat(gateway().get(Background.path(first) + "/input_items").json().getJsonArray("data")).hasSize(1);
    }

    @Test
    void nothingGoesOnWithOneThatIsNotDone() {
        llm.enqueue(Answer.text("Hel").pauseUntil(released).thenText("lo"));
        JsonObject response = begun("Hi");
        assertThat(gateway().responses(Requests.response("So?").put("previous_response_id", response.getString("id")))
                .error().getString("code")).isEqualTo("previous_response_not_found");
        assertThat(gateway().get(Background.path(response) + "/input_items").json().getJsonArray("data")).hasSize(1);
        released.complete(null);
    }

    @Test
    void aFailureOfTheProviderIsKept() {
        llm.enqueue(Answer.error(500, "The model has crashed"));
        set("quarkus.llm.max-retries", "0");
        JsonObject failed = background().become(begun("Hi"), "failed");
        assertThat(failed.getJsonObject("error").getString("message")).contains("crashed");
        assertThat(background().stream(failed).types()).endsWith("error", "response.failed");
    }

    @Test
    void aWrongRequestIsRefusedAtOnce() {
        assertThat(gateway().responses(Background.request("Hi").put("temperature", "hot")).status()).isEqualTo(400);
        assertThat(llm.requests()).isEmpty();
    }

    @Test
    void whatIsNotStoredCannotBeMadeInTheBackground() {
        Answered answered = gateway().responses(Background.request("Hi").put("store", false));
        assertThat(answered.status()).isEqualTo(400);
        assertThat(answered.error().getString("param")).isEqualTo("background");
    }

    @ParameterizedTest
    @CsvSource({ "store.enabled", "background.enabled" })
    void whereItIsSwitchedOffItIsRefused(String key) {
        set("quarkus.llm-gateway." + key, "false");
        Answered answered = gateway().responses(Background.request("Hi").put("model", "native/x"));
        assertThat(answered.status()).isEqualTo(400);
        assertThat(answered.error().getString("param")).isEqualTo("background");
        assertThat(llm.requests()).isEmpty();
    }

    @Test
    void thoseThatAreTooManyWaitAndOthersAreRefused() {
        set("quarkus.llm-gateway.background.max-concurrent", "1");
        set("quarkus.llm-gateway.background.max-queued", "2");
        llm.enqueue(Answer.text("one").pauseUntil(released), Answer.text("three"));
        JsonObject first = begun("1");
        JsonObject second = begun("2");
        JsonObject third = begun("3");
        background().become(first, "in_progress");

        Answered fourth = gateway().responses(Background.request("4"));
        assertThat(fourth.status()).isEqualTo(429);
        assertThat(fourth.header("retry-after")).isEqualTo("1");
        assertThat(background().now(second).getString("status")).isEqualTo("queued");
        assertThat(background().cancelled(second).getString("status")).isEqualTo("cancelled");
        assertThat(background().stream(second).types()).containsExactly("response.created", "response.queued",
                "response.in_progress", "response.incomplete");
        released.complete(null);

        assertThat(background().become(first, "completed").getString("output_text")).isEqualTo("one");
        assertThat(background().become(third, "completed").getString("output_text")).isEqualTo("three");
        llm.enqueue(Answer.text("four"));
        background().become(begun("4"), "completed");
    }

    @Test
    void oneThatTakesTooLongFails() {
        set("quarkus.llm-gateway.background.max-duration", "100ms");
        llm.enqueue(Answer.text("Hel").pauseUntil(released));
        JsonObject failed = background().become(begun("Hi"), "failed");
        assertThat(failed.getJsonObject("error").getString("message")).contains("max-duration");
        assertThat(llm.takeRequest().awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void oneThatSaysTooMuchFails() {
        set("quarkus.llm-gateway.background.max-events-size", "64K");
        llm.enqueue(Answer.endless("abcdefgh"));
        JsonObject failed = background().become(begun("Hi"), "failed");
        assertThat(failed.getJsonObject("error").getString("message")).contains("max-events-size");
        assertThat(llm.takeRequest().awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void aDeletedOneIsStoppedAndStaysAway() {
        llm.enqueue(Answer.text("Hel").pauseUntil(released).thenText("lo"));
        JsonObject response = begun("Hi");
        background().become(response, "in_progress");

        assertThat(gateway().delete(Background.path(response)).status()).isEqualTo(200);

        assertThat(llm.takeRequest().awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
        await().until(() -> log.requests().stream().anyMatch(line -> line.contains("outcome=deleted")
                && line.contains(" background ")));
        assertThat(gateway().get(Background.path(response)).status()).isEqualTo(404);
    }

    @Test
    void aShutdownWaitsForThoseThatGoOnAndEndsThemThen() {
        llm.enqueue(Answer.text("Hel").pauseUntil(released).thenText("lo"));
        JsonObject response = begun("Hi");
        background().become(response, "in_progress");
        GatewayRoutes routes = server().routes();
        assertThat(routes.whenIdle()).isNotDone();

        routes.close(Duration.ofSeconds(10));

        JsonObject failed = background().now(response);
        assertThat(failed.getString("status")).isEqualTo("failed");
        assertThat(failed.getJsonObject("error").getString("message")).contains("shut down");
        assertThat(routes.whenIdle()).isDone();
        assertThat(gateway().responses(Background.request("More")).status()).isEqualTo(503);
    }

    @Test
    void itsEventsAreMadeAnewWhereTheyAreNotKept() {
        set("quarkus.llm-gateway.store.stream-events", "false");
        llm.enqueue(Answer.text("Hel", "lo"));
        JsonObject completed = background().become(begun("Hi"), "completed");
        CheckedStream stream = background().stream(completed);
        assertThat(stream.text()).isEqualTo("Hello");
        assertThat(stream.response()).isEqualTo(completed);
    }

    @Test
    void whoFollowsADeletedOneIsToldItsEnd() {
        llm.enqueue(Answer.text("Hel").pauseUntil(released).thenText("lo"));
        JsonObject response = begun("Hi");
        background().become(response, "in_progress");
        try (RawClient client = raw().get(Background.path(response) + "?stream=true")) {
            client.head();
            client.chunkWith("\"Hel\"");

            gateway().delete(Background.path(response));

            assertThat(client.chunkWith("response.incomplete")).contains("\"status\":\"cancelled\"");
        }
        assertThat(gateway().get(Background.path(response)).status()).isEqualTo(404);
    }
}
