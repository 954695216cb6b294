package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.SocketClient.Connection;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a connection remembers of its responses. */
class WebSocketContinuationTest {

    private static final String CALL_OUTPUT = """
            {"type":"function_call_output","call_id":"c1","output":"4"}""";

    private final ScriptedServer server = ScriptedServer.start();
    private final SocketClient client = new SocketClient(server);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static JsonObject after(String id) {
        return SocketClient.after(id);
    }

    private static void assertNotFound(JsonObject error) {
        assertThat(error.getInteger("status")).isEqualTo(400);
        assertThat(error.getJsonObject("error").getString("code")).isEqualTo("previous_response_not_found");
        assertThat(error.getJsonObject("error").getString("param")).isEqualTo("previous_response_id");
        assertThat(error.getJsonObject("error").getString("message")).startsWith("Previous response with id 'r");
    }

    private static void assertCompleted(JsonObject event) {
        assertThat(event.getString("type")).isEqualTo("response.completed");
    }

    @Test
    void theLastResponseIsGoneOnFromThoughItIsNotStored() {
        server.enqueue(Answer.toolCall("c1", "add", "{}").id("r1"), Answer.text("4").id("r2"), Answer.text("Bye").id("r3"));
        Connection connection = client.connect();
        JsonObject call = connection.last(SocketClient.create()).getJsonObject("response").getJsonArray("output")
                .getJsonObject(0);
        connection.last(after("r1").put("input", new JsonArray().add(new JsonObject(CALL_OUTPUT))));
        assertCompleted(connection.last(after("r2").put("input", "Thanks")));

        List<JsonObject> whole = server.requests().get(2).effectiveInput();

        assertThat(whole).hasSize(5);
        assertThat(whole.get(0)).isEqualTo(new JsonObject("{\"type\":\"message\",\"role\":\"user\",\"content\":\"Hi\"}"));
        assertThat(whole.get(1)).isEqualTo(call);
        assertThat(whole.get(2)).isEqualTo(new JsonObject(CALL_OUTPUT));
        assertThat(whole.get(3).getString("role")).isEqualTo("assistant");
        assertThat(whole.get(4).getString("content")).isEqualTo("Thanks");
        assertThat(server.requests().get(2).inputItems()).hasSize(1);
    }

    @Test
    void anUnknownResponseIsNotFoundAndTakesNothingFromTheScript() {
        server.enqueue(Answer.text("still there"));
        Connection connection = client.connect();

        assertNotFound(connection.last(after("r0")));
        assertCompleted(connection.last(SocketClient.create()));
    }

    @Test
    void onlyTheLastResponseIsRemembered() {
        server.enqueue(Answer.text("a").id("r1"), Answer.text("b").id("r2"));
        Connection connection = client.connect();
        connection.last(SocketClient.create());
        connection.last(SocketClient.create());

        assertNotFound(connection.last(after("r1")));
    }

    @Test
    void anotherConnectionDoesNotKnowIt() {
        server.enqueue(Answer.text("a").id("r1"));
        client.connect().last(SocketClient.create());

        assertNotFound(client.connect().last(after("r1")));
    }

    @Test
    void aStoredResponseIsKnownToEveryConnectionAndToHttp() throws Exception {
        server.enqueue(Answer.text("a").id("r1"), Answer.text("b").id("r2"), Answer.text("c").id("r3"));
        client.connect().last(SocketClient.create().put("store", true));

        assertCompleted(client.connect().last(after("r1")));
        new Client(server).responses("{\"input\":\"Hi\",\"previous_response_id\":\"r1\"}");
        assertThat(server.requests().get(2).effectiveInput()).hasSize(3)
                .isEqualTo(server.requests().get(1).effectiveInput());
    }

    @Test
    void aFailedContinuationForgetsWhatItWentOnFrom() {
        server.enqueue(Answer.text("a").id("r1"), Answer.error(400, "No tool output found"), Answer.text("b"));
        Connection connection = client.connect();
        connection.last(SocketClient.create());

        assertThat(connection.last(after("r1")).getInteger("status")).isEqualTo(400);
        assertNotFound(connection.last(after("r1")));
    }

    @Test
    void aFailureInTheMiddleForgetsItToo() {
        server.enqueue(Answer.text("a").id("r1"),
                Answer.text("b").thenErrorFrame(Errors.of("server_error", "server_error", "Oops")));
        Connection connection = client.connect();
        connection.last(SocketClient.create());

        assertThat(connection.last(after("r1")).getString("type")).isEqualTo("response.failed");
        assertNotFound(connection.last(after("r1")));
    }

    @Test
    void aFailureOfAnotherConversationForgetsNothing() {
        server.enqueue(Answer.text("a").id("r1"), Answer.error(400, "Bad input"), Answer.text("b"));
        Connection connection = client.connect();
        connection.last(SocketClient.create());
        connection.last(SocketClient.create());

        assertCompleted(connection.last(after("r1")));
    }

    @Test
    void anotherStreamForksAndItsFailureForgetsNothing() {
        server.enqueue(Answer.text("a").id("r1"), Answer.error(400, "Bad input"), Answer.text("b").id("r2"), Answer.text("c"));
        Connection connection = client.connect();
        connection.last(SocketClient.create());
        assertThat(connection.last(after("r1").put("stream_id", "fork")).getString("type")).isEqualTo("error");

        assertCompleted(connection.last(after("r1").put("stream_id", "fork")));
        assertCompleted(connection.last(after("r1")));
    }

    @Test
    void aForgottenStateIsNotFound() {
        server.enqueue(Answer.text("a").id("r1").with(WebSocketFault.STATE_FORGOTTEN), Answer.text("b"));
        Connection connection = client.connect();
        assertCompleted(connection.last(SocketClient.create()));

        assertNotFound(connection.last(after("r1")));
    }

    @Test
    void aReplayedStreamIsGoneOnFromByTheIdThatItTells() throws Exception {
        String stream = """
                data: {"type":"response.created","response":{"id":"r9","output":[]}}

                data: {"type":"response.completed","response":{"id":"r9","output":[{"type":"message","id":"m"}]}}

                """;
        server.enqueue(Answer.sse(stream), Answer.text("b"));
        Connection connection = client.connect();
        connection.last(SocketClient.create());

        assertCompleted(connection.last(after("r9")));
        assertThat(server.requests().get(1).effectiveInput()).extracting(item -> item.getString("id"))
                .containsExactly(null, "m", null);
    }

    @Test
    void aResponseThatChangesItsIdIsGoneOnFromByTheLast() {
        server.enqueue(Answer.text("a").id("r1").with(ResponsesDeviation.RESPONSE_ID_CHANGES), Answer.text("b"));
        Connection connection = client.connect();
        String last = connection.last(SocketClient.create()).getJsonObject("response").getString("id");

        assertThat(last).isNotEqualTo("r1");
        assertCompleted(connection.last(after(last)));
    }

    @Test
    void aPipelinedContinuationGoesOnFromWhatItWaitedFor() {
        server.enqueue(Answer.text("a").id("r1"), Answer.text("b"));
        Connection connection = client.connect();
        connection.ask(SocketClient.create()).ask(after("r1"));

        connection.answer();
        assertCompleted(connection.answer().get(8));
        assertThat(server.requests().get(1).effectiveInput()).hasSize(3);
    }

    @Test
    void withoutAnIdAConversationBeginsAnew() {
        server.enqueue(Answer.text("a").id("r1"), Answer.text("b"));
        Connection connection = client.connect();
        connection.last(SocketClient.create());
        connection.last(SocketClient.create());

        assertThat(server.requests().get(1).effectiveInput()).hasSize(1);
        assertThat(server.requests().get(1).previousResponseId()).isEmpty();
    }
}
