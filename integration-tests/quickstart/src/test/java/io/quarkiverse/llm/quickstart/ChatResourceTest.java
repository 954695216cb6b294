package io.quarkiverse.llm.quickstart;

import static io.quarkiverse.llm.test.LlmAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.test.ScriptedLlmTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

@QuarkusTest
@WithTestResource(ScriptedLlmTestResource.class)
class ChatResourceTest {

    private static final String QUESTION = """
            [{"role": "user", "content": "How is the weather in Oslo?"}]
            """;

    @TestHTTPResource("chat")
    URI chat;

    ScriptedServer llm;

    @BeforeEach
    void reset() {
        llm.reset();
    }

    @Test
    void askStreamsText() {
        llm.enqueue(Answer.text("Ray", "leigh"));

        given().queryParam("q", "Why is the sky blue?").get("/ask")
                .then().statusCode(200).contentType(ContentType.TEXT).body(is("Rayleigh"));

        assertThat(llm.takeRequest()).isStreaming().hasUserMessage("Why is the sky blue?");
    }

    @Test
    void askTellsWhyThereIsNoAnswer() {
        llm.enqueue(Answer.error(401, "Incorrect API key provided"));

        given().get("/ask").then().statusCode(502).body(containsString("Incorrect API key provided"));
    }

    @Test
    void chatStreamsReasoningAndTextAsEvents() {
        llm.enqueue(Answer.reasoning("Hm.").thenText("Cold", ", I guess."));

        List<JsonObject> events = chat(QUESTION);

        assertThat(events).extracting(event -> event.getString("type")).containsExactly("response_started",
                "item_started", "reasoning_delta", "item_complete",
                "item_started", "text_delta", "text_delta", "item_complete",
                "response_completed");
        assertThat(deltas(events, "reasoning_delta")).containsExactly("Hm.");
        assertThat(deltas(events, "text_delta")).containsExactly("Cold", ", I guess.");
    }

    @Test
    void chatShowsTheToolCallGrowAndItsResult() {
        llm.enqueue(Answer.toolCall("call_1", "get_weather", "{\"city\"", ":\"Oslo\"}"), Answer.text("There you are."));

        List<JsonObject> events = chat(QUESTION);

        assertThat(events).extracting(event -> event.getString("type")).containsExactly("response_started",
                "item_started", "tool_call_start", "tool_call_arguments_delta", "tool_call_arguments_delta",
                "tool_call_complete", "item_complete", "response_completed",
                "tool_result",
                "response_started", "item_started", "text_delta", "item_complete", "response_completed");
        assertThat(events.get(2).getString("name")).isEqualTo("get_weather");
        assertThat(events.get(2).getString("call_id")).isEqualTo("call_1");
        assertThat(deltas(events, "tool_call_arguments_delta")).containsExactly("{\"city\"", ":\"Oslo\"}");
        assertThat(events.get(8).getJsonObject("item").getString("call_id")).isEqualTo("call_1");
    }

    @Test
    void theToolsOutputReachesTheModel() {
        llm.enqueue(Answer.toolCall("call_1", "get_weather", "{\"city\":\"Oslo\"}"), Answer.text("There you are."));

        chat(QUESTION);

        assertThat(llm.takeRequest()).offersTool("get_weather").hasRoles("system", "user");
        assertThat(llm.takeRequest()).hasRoles("system", "user", "assistant", "tool").toolOutput("call_1")
                .startsWith("Oslo: ");
    }

    @Test
    void whatTheModelGotWrongIsToldToTheModel() {
        llm.enqueue(Answer.toolCall("call_1", "get_weather", "{}").thenToolCall("call_2", "get_tides", "{}"),
                Answer.text("Sorry."));

        chat(QUESTION);

        llm.takeRequest();
        assertThat(llm.takeRequest()).hasToolOutput("call_1", "Error: 'city' is missing")
                .hasToolOutput("call_2", "There is no tool named get_tides");
    }

    @Test
    void theConversationGoesOnWithWhatTheBrowserKept() {
        llm.enqueue(Answer.toolCall("call_1", "get_weather", "{\"city\":\"Oslo\"}"), Answer.text("There you are."));
        JsonArray history = new JsonArray(QUESTION);
        for (JsonObject event : chat(QUESTION)) {
            switch (event.getString("type")) {
                case "response_completed" -> history.addAll(event.getJsonObject("response").getJsonArray("output"));
                case "tool_result" -> history.add(event.getJsonObject("item"));
                default -> {
                    // shown, not kept
                }
            }
        }
        history.addAll(new JsonArray(QUESTION));
        llm.reset();
        llm.enqueue(Answer.text("As before."));

        chat(history.encode());

        assertThat(llm.takeRequest()).hasRoles("system", "user", "assistant", "tool", "assistant", "user");
    }

    @Test
    void aModelThatNeverStopsCallingToolsIsStopped() {
        llm.respond(request -> Answer.toolCall("call_" + request.number(), "get_weather", "{\"city\":\"Oslo\"}"));

        List<JsonObject> events = chat(QUESTION);

        assertThat(events.get(events.size() - 1).getString("type")).isEqualTo("failure");
        assertThat(events.get(events.size() - 1).getString("message")).isEqualTo("Stopped after 5 rounds of tool calls");
        assertThat(llm.requests()).hasSize(Conversation.MOST_ROUNDS);
    }

    @Test
    void chatEndsWithTheReasonWhenTheProviderFails() {
        llm.enqueue(Answer.error(401, "Incorrect API key provided"));

        List<JsonObject> events = chat(QUESTION);

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getString("type")).isEqualTo("failure");
            assertThat(event.getString("message")).contains("Incorrect API key provided");
        });
    }

    @Test
    void closingTheBrowsersConnectionCancelsTheAnswerAtTheProvider() throws Exception {
        llm.enqueue(Answer.endless());
        HttpClient browser = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(chat).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(QUESTION)).build();

        try (InputStream events = browser.send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(firstLine(events)).contains("response_started");
        }

        assertThat(llm.takeRequest()).wasCancelled();
    }

    @Test
    void thePageIsServed() {
        given().get("/").then().statusCode(200).contentType(ContentType.HTML).body(containsString("app.js"));
        given().get("/app.js").then().statusCode(200).body(containsString("fetch('chat'"));
        given().get("/style.css").then().statusCode(200);
    }

    private static List<JsonObject> chat(String history) {
        String stream = given().contentType(ContentType.JSON).accept("text/event-stream").body(history).post("/chat")
                .then().statusCode(200).extract().asString();
        return stream.lines().filter(line -> line.startsWith("data:"))
                .map(line -> new JsonObject(line.substring("data:".length()))).toList();
    }

    private static List<String> deltas(List<JsonObject> events, String type) {
        return events.stream().filter(event -> event.getString("type").equals(type))
                .map(event -> event.getString("delta")).toList();
    }

    private static String firstLine(InputStream stream) throws IOException {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)).readLine();
    }
}
