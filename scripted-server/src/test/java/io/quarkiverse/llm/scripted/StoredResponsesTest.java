package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.grammar.ResponsesGrammar;
import io.vertx.core.json.JsonObject;

/** Responses that the server keeps, and those that it makes in the background. */
class StoredResponsesTest {

    private static final String BACKGROUND = "{\"model\":\"m\",\"input\":\"Hi\",\"background\":true}";

    private final ScriptedServer server = ScriptedServer.start();
    private final Client client = new Client(server);

    @AfterEach
    void close() {
        server.close();
    }

    private JsonObject get(String path) throws Exception {
        return Json.object(client.get(path).body());
    }

    private JsonObject made(String request, Answer answer) throws Exception {
        server.enqueue(answer);
        return Json.object(client.responses(request).body());
    }

    private String status(String id) throws Exception {
        return get("/responses/" + id).getString("status");
    }

    private JsonObject cancelled(String id) throws Exception {
        return Json.object(client.post("/responses/" + id + "/cancel", "", BodyHandlers.ofString()).body());
    }

    private static String message(HttpResponse<String> response) {
        return Json.object(response.body()).getJsonObject("error").getString("message");
    }

    @Test
    void aResponseIsGotAsItWasAnswered() throws Exception {
        JsonObject response = made(Client.WHOLE, Answer.text("kept"));

        assertThat(get("/responses/" + response.getString("id"))).isEqualTo(response);
    }

    @Test
    void aStreamedResponseIsGotAsAWhole() throws Exception {
        server.enqueue(Answer.text("kept").id("resp_1"));
        List<JsonObject> events = client.events();

        assertThat(get("/responses/resp_1")).isEqualTo(events.get(8).getJsonObject("response"));
    }

    @Test
    void whatIsNotStoredIsNotFound() throws Exception {
        made("{\"store\":false}", Answer.text("gone").id("resp_1"));

        HttpResponse<String> response = client.get("/responses/resp_1");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(message(response)).isEqualTo("Response with id 'resp_1' not found.");
    }

    @Test
    void whatIsDeletedIsNotFound() throws Exception {
        made(Client.WHOLE, Answer.text("gone").id("resp_1"));

        assertThat(Json.object(client.delete("/responses/resp_1").body()))
                .isEqualTo(new JsonObject("{\"id\":\"resp_1\",\"object\":\"response\",\"deleted\":true}"));
        assertThat(client.get("/responses/resp_1").statusCode()).isEqualTo(404);
    }

    @Test
    void aStreamIsResumedAfterANumberWithTheNumbersItHad() throws Exception {
        server.enqueue(Answer.text("a", "b").id("resp_1").with(Fault.dropAfterEvents(5)));
        client.post("/responses", Client.STREAM, BodyHandlers.ofLines()).body();

        List<JsonObject> rest = Client.chunks(client.get("/responses/resp_1?stream=true&starting_after=4").body());

        assertThat(rest).first().satisfies(event -> {
            assertThat(event.getInteger("sequence_number")).isEqualTo(5);
            assertThat(event.getString("delta")).isEqualTo("b");
        });
        assertThat(rest).last().satisfies(event -> assertThat(EventEdits.type(event)).isEqualTo("response.completed"));
        assertThat(Client.chunks(client.get("/responses/resp_1?stream=true").body())).hasSize(10);
    }

    @Test
    void aBackgroundResponseGoesOnAsTheTestLetsIt() throws Exception {
        CompletableFuture<Void> begin = new CompletableFuture<>();
        CompletableFuture<Void> end = new CompletableFuture<>();
        JsonObject first = made(BACKGROUND, Answer.empty().pauseUntil(begin).thenText("done").pauseUntil(end));
        String id = first.getString("id");

        assertThat(first.getString("status")).isEqualTo("queued");
        assertThat(first.getJsonArray("output")).isEmpty();
        assertThat(status(id)).isEqualTo("queued");
        begin.complete(null);
        assertThat(status(id)).isEqualTo("in_progress");
        end.complete(null);
        assertThat(status(id)).isEqualTo("completed");
        assertThat(get("/responses/" + id).encode()).contains("\"text\":\"done\"");
    }

    @Test
    void aBackgroundResponseCanFail() throws Exception {
        String id = made(BACKGROUND, Answer.text("a").thenErrorFrame(Errors.of(500, "died"))).getString("id");

        assertThat(status(id)).isEqualTo("failed");
        assertThat(get("/responses/" + id).getJsonObject("error").getString("message")).isEqualTo("died");
    }

    @Test
    void aBackgroundStreamIsQueuedFirst() throws Exception {
        server.enqueue(Answer.text("a"));

        List<JsonObject> events = Client.chunks(client.responses("{\"stream\":true,\"background\":true}").body());

        assertThat(ResponsesGrammar.violationsOfCarefulServer(events)).isEmpty();
        assertThat(events.stream().limit(3).map(event -> EventEdits.type(event) + " "
                + event.getJsonObject("response").getString("status"))).containsExactly("response.created queued",
                        "response.queued queued", "response.in_progress in_progress");
    }

    @Test
    void aCancelledResponseStaysCancelled() throws Exception {
        CompletableFuture<Void> never = new CompletableFuture<>();
        String id = made(BACKGROUND, Answer.text("a").pauseUntil(never)).getString("id");

        assertThat(cancelled(id).getString("status")).isEqualTo("cancelled");
        never.complete(null);
        assertThat(status(id)).isEqualTo("cancelled");
    }

    @Test
    void onlyBackgroundResponsesCanBeCancelled() throws Exception {
        String id = made(Client.WHOLE, Answer.text("a")).getString("id");

        assertThat(cancelled(id).encode()).contains("Cannot cancel a synchronous response.");
        assertThat(status(id)).isEqualTo("completed");
    }

    @Test
    void inputItemsAreListedLatestFirstInPages() throws Exception {
        made("""
                {"input":[{"role":"user","content":"one"},{"type":"function_call_output","id":"two","call_id":"c","output":"o"},
                 {"role":"user","content":"three"}]}""", Answer.text("a").id("resp_1"));

        JsonObject page = get("/responses/resp_1/input_items?limit=2");
        JsonObject rest = get("/responses/resp_1/input_items?after=" + page.getString("last_id"));

        assertThat(page.getJsonArray("data").getJsonObject(0).encode())
                .contains("{\"type\":\"input_text\",\"text\":\"three\"}");
        assertThat(page.getString("last_id")).isEqualTo("two");
        assertThat(page.getBoolean("has_more")).isTrue();
        assertThat(rest.getJsonArray("data")).hasSize(1).first().asString().contains("one");
        assertThat(rest.getBoolean("has_more")).isFalse();
        assertThat(get("/responses/resp_1/input_items?order=asc").getString("first_id"))
                .isEqualTo(rest.getString("first_id"));
    }

    @Test
    void aResponseGoesOnFromOneThatIsHereOnly() throws Exception {
        made(Client.WHOLE, Answer.text("a").id("resp_1"));
        server.enqueue(Answer.text("b"));

        HttpResponse<String> unknown = client.responses("{\"previous_response_id\":\"resp_0\"}");

        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(Json.object(unknown.body()).getJsonObject("error").getString("code"))
                .isEqualTo("previous_response_not_found");
        HttpResponse<String> known = client.responses("{\"previous_response_id\":\"resp_1\"}");
        assertThat(Json.object(known.body()).getString("previous_response_id")).isEqualTo("resp_1");
    }

    @Test
    void aRawAnswerIsSentWhateverIsStored() throws Exception {
        server.enqueue(Answer.json(new JsonObject().put("raw", 1)), Answer.json(new JsonObject().put("raw", 2)));

        assertThat(client.responses("{\"previous_response_id\":\"resp_0\"}").body()).isEqualTo("{\"raw\":1}");
        assertThat(client.get("/responses/resp_0").body()).isEqualTo("{\"raw\":2}");
    }
}
