package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.llm.gateway.runtime.http.SoakClient.Reply;
import io.quarkiverse.llm.gateway.runtime.http.SoakModel.Deed;
import io.quarkiverse.llm.scripted.grammar.ResponsesGrammar;
import io.vertx.core.json.JsonObject;

/** What clients of a soak do that come back to what they have asked for before, or stay for more. */
record ReturningClient(GatewayServer server, SoakClient asker, HttpClient http, Random random) {

    private static final long LONGEST_WAIT_SECONDS = 20;

    private static String path(JsonObject response) {
        return "/v1/responses/" + response.getString("id");
    }

    private JsonObject background(String mark, Deed deed) {
        Reply reply = asker.exchange("/v1/responses",
                asker.response(mark, deed).put("stream", false).put("background", true));
        assertThat(reply.head().status()).isEqualTo(200);
        return reply.json();
    }

    /** Follows a job to its end from any event on, reads its response and deletes it. */
    void background() {
        String mark = asker.mark();
        Deed deed = random.nextBoolean() ? Deed.ANSWER : Deed.PAUSE;
        JsonObject job = background(mark, deed);
        Reply whole = asker.exchange("GET", path(job) + "?stream=true");
        CheckedStream events = CheckedStream.responses(whole.body());
        SoakClient.assertTurn(mark, List.of(mark), deed, Turn.ofResponse(events.response()));

        int after = random.nextInt(events.events().size());
        Reply rest = asker.exchange("GET", path(job) + "?stream=true&starting_after=" + after);
        assertThat(CheckedStream.of(rest.body()).events())
                .isEqualTo(events.events().subList(after + 1, events.events().size()));

        JsonObject kept = asker.exchange("GET", path(job)).json();
        SoakClient.assertTurn(mark, List.of(mark), deed, Turn.ofResponse(kept));
        assertThat(asker.exchange("DELETE", path(job)).head().status()).isEqualTo(200);
        assertThat(asker.exchange("GET", path(job)).head().status()).isEqualTo(404);
    }

    /** Wants what it has asked for no more. */
    void cancelled() {
        JsonObject job = background(asker.mark(), random.nextBoolean() ? Deed.STALL : Deed.PAUSE);
        Reply reply = asker.exchange("POST", path(job) + "/cancel");
        assertThat(reply.head().status()).isEqualTo(200);
        assertThat(reply.json().getString("status")).isIn("cancelled", "completed");
    }

    /** Some turns over a WebSocket, of which the last is left at any moment. */
    void webSocket() throws InterruptedException {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + server.root().getPort() + "/v1/responses"), new Messages(messages))
                .join();
        try {
            List<String> said = new ArrayList<>();
            String previous = null;
            for (int turns = 1 + random.nextInt(3); turns > 0; turns--) {
                String mark = asker.mark();
                said.add(mark);
                JsonObject request = asker.response(mark, Deed.ANSWER).put("type", "response.create")
                        .put("store", random.nextBoolean());
                request.remove("stream");
                if (previous != null) {
                    request.put("previous_response_id", previous);
                }
                socket.sendText(request.encode(), true);
                JsonObject response = answer(messages);
                SoakClient.assertTurn(mark, said, Deed.ANSWER, Turn.ofResponse(response));
                previous = response.getString("id");
            }
            if (random.nextBoolean()) {
                socket.sendText(asker.response(asker.mark(), Deed.TALK).put("type", "response.create").encode(), true);
            } else {
                socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            }
        } finally {
            socket.abort();
        }
    }

    private static JsonObject answer(BlockingQueue<String> messages) throws InterruptedException {
        List<JsonObject> events = new ArrayList<>();
        while (true) {
            String message = messages.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            assertThat(message).as(() -> "what comes after " + events).isNotNull();
            JsonObject event = new JsonObject(message);
            events.add(event);
            if (event.getString("type").equals("response.completed")) {
                assertThat(ResponsesGrammar.violations(events)).isEmpty();
                return event.getJsonObject("response");
            }
            assertThat(event.getString("type")).as(message).isNotIn("error", "response.failed");
        }
    }

    /** Whole messages, as they come. */
    private static final class Messages implements WebSocket.Listener {

        private final BlockingQueue<String> messages;
        private final StringBuilder parts = new StringBuilder();

        Messages(BlockingQueue<String> messages) {
            this.messages = messages;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                messages.add(parts.toString());
                parts.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
