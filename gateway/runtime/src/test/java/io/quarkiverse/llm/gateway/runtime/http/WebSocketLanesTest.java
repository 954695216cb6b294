package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.vertx.core.json.JsonObject;

/** Several requests of one WebSocket at a time. */
class WebSocketLanesTest extends GatewayFixture {

    private final Map<String, CompletableFuture<Void>> released = new ConcurrentHashMap<>();

    /** Each request is answered with its input, the end of it when it is released. */
    private SocketClient socket() {
        llm.respond(request -> {
            String input = request.json().getJsonArray("messages").getJsonObject(0).getString("content");
            return Answer.text("answer to ").pauseUntil(release(input)).thenText(input);
        });
        return SocketClient.of(server());
    }

    private CompletableFuture<Void> release(String input) {
        return released.computeIfAbsent(input, any -> new CompletableFuture<>());
    }

    private void awaitAsked(int requests) {
        await().until(() -> llm.requests().size() == requests);
    }

    /** What comes until so many answers are whole, by the lane. */
    private static Map<String, List<CheckedStream>> answers(SocketClient client, int number) {
        Map<String, List<JsonObject>> open = new HashMap<>();
        Map<String, List<CheckedStream>> whole = new HashMap<>();
        for (int left = number; left > 0;) {
            JsonObject event = client.next();
            String lane = event.getString("stream_id", "");
            open.computeIfAbsent(lane, any -> new ArrayList<>()).add(event);
            if (SocketClient.isLast(event)) {
                whole.computeIfAbsent(lane, any -> new ArrayList<>()).add(CheckedStream.turn(open.remove(lane)));
                left--;
            }
        }
        return whole;
    }

    private static List<String> texts(Map<String, List<CheckedStream>> answers, String lane) {
        return answers.get(lane).stream().map(CheckedStream::text).toList();
    }

    @Test
    void withoutALaneTheyAreAnsweredOneAfterTheOther() {
        try (SocketClient client = socket()) {
            for (int i = 0; i < 4; i++) {
                client.send(SocketClient.turn("" + i));
            }
            for (int i = 0; i < 4; i++) {
                awaitAsked(i + 1);
                release("" + i).complete(null);
                assertThat(client.answer().text()).isEqualTo("answer to " + i);
            }
        }
    }

    @Test
    void lanesAreAnsweredAtATime() {
        try (SocketClient client = socket()) {
            client.send(SocketClient.turn("1")).send(SocketClient.turn("a", "2")).send(SocketClient.turn("b", "3"));
            awaitAsked(3);
            List.of("3", "2", "1").forEach(input -> release(input).complete(null));
            Map<String, List<CheckedStream>> answers = answers(client, 3);
            assertThat(texts(answers, "")).containsExactly("answer to 1");
            assertThat(texts(answers, "a")).containsExactly("answer to 2");
            assertThat(texts(answers, "b")).containsExactly("answer to 3");
        }
    }

    @Test
    void aLaneThatWaitsHoldsUpNoOther() {
        try (SocketClient client = socket()) {
            client.send(SocketClient.turn("a", "1")).send(SocketClient.turn("a", "2")).send(SocketClient.turn("b", "3"));
            release("3").complete(null);
            client.next("response.created");
            awaitAsked(2);
            assertThat(llm.requests()).extracting(RecordedRequest::body).noneMatch(body -> body.contains("\"2\""));
            release("1").complete(null);
            release("2").complete(null);
            await().until(() -> llm.requests().size() == 3);
        }
    }

    @Test
    void moreThanMayBeUnderWayWaitInOrder() {
        set("quarkus.llm-gateway.websocket.max-in-flight", "2");
        try (SocketClient client = socket()) {
            for (int i = 0; i < 5; i++) {
                client.send(SocketClient.turn("lane" + i, "" + i));
            }
            awaitAsked(2);
            for (int i = 0; i < 5; i++) {
                awaitAsked(Math.min(5, i + 2));
                release("" + i).complete(null);
                await().until(() -> log.requests().size() == released.values().stream().filter(CompletableFuture::isDone)
                        .count());
            }
            assertThat(answers(client, 5)).hasSize(5);
        }
        List<String> inputs = llm.requests().stream()
                .map(request -> request.json().getJsonArray("messages").getJsonObject(0).getString("content")).toList();
        assertThat(inputs.subList(2, 5)).containsExactly("2", "3", "4");
    }

    @Test
    void moreThanMayWaitAreRefusedAtOnce() {
        set("quarkus.llm-gateway.websocket.max-queued", "2");
        try (SocketClient client = socket()) {
            for (int i = 0; i < 4; i++) {
                client.send(SocketClient.turn("lane", "" + i));
            }
            JsonObject error;
            do {
                error = client.next();
            } while (!error.getString("type").equals("error"));
            assertThat(error.getInteger("status")).isEqualTo(429);
            assertThat(error.getString("stream_id")).isEqualTo("lane");
            assertThat(error.getJsonObject("error").getString("code")).isEqualTo("websocket_queue_limit_reached");
            for (int i = 0; i < 3; i++) {
                awaitAsked(i + 1);
                release("" + i).complete(null);
            }
            await().until(() -> log.requests().stream().filter(line -> line.contains("status=200")).count() == 3);
        }
    }

    @Test
    void onlySoManyLanesMayBeNamed() {
        try (SocketClient client = socket()) {
            IntStream.range(0, 33).forEach(i -> release("" + i).complete(null));
            for (int i = 0; i < 32; i++) {
                assertThat(client.ask(SocketClient.turn("lane" + i, "" + i)).text()).isEqualTo("answer to " + i);
            }
            JsonObject error = client.send(SocketClient.turn("lane32", "32")).error();
            assertThat(error.getInteger("status")).isEqualTo(400);
            assertThat(error.getJsonObject("error").getString("code")).isEqualTo("websocket_stream_limit_reached");
            assertThat(error.getJsonObject("error").getString("param")).isEqualTo("stream_id");
            assertThat(error.getJsonObject("error").getString("message")).isEqualTo("This WebSocket connection has reached its"
                    + " maximum number of distinct stream IDs (32). Reuse an existing stream_id or open a new WebSocket"
                    + " connection.");
            assertThat(client.ask(SocketClient.turn("lane0", "0")).text()).isEqualTo("answer to 0");
            assertThat(client.ask(SocketClient.turn("32")).text()).isEqualTo("answer to 32");
        }
    }

    @Test
    void whatIsWrongIsSaidWhenItIsItsTurn() {
        try (SocketClient client = socket()) {
            client.send(SocketClient.turn("1")).send("{\"type\":\"response.steer\"}").send(SocketClient.turn("2"));
            awaitAsked(1);
            release("1").complete(null);
            release("2").complete(null);
            assertThat(client.answer().text()).isEqualTo("answer to 1");
            assertThat(client.error().getJsonObject("error").getString("code")).isEqualTo("steering_not_supported");
            assertThat(client.answer().text()).isEqualTo("answer to 2");
        }
    }

    @Test
    void aClientThatLeavesEndsAllOfThem() {
        try (SocketClient client = socket()) {
            client.send(SocketClient.turn("a", "1")).send(SocketClient.turn("b", "2")).send(SocketClient.turn("b", "3"));
            awaitAsked(2);
            assertThat(server().webSockets().count()).isOne();
        }
        llm.requests().forEach(request -> assertThat(request.awaitOutcome())
                .isEqualTo(Outcome.CLIENT_CLOSED));
        await().until(() -> log.requests().size() == 3 && server().webSockets().count() == 0);
        assertThat(log.requests()).allMatch(line -> line.contains("outcome=client-left"));
        assertThat(llm.requests()).hasSize(2);
    }
}
