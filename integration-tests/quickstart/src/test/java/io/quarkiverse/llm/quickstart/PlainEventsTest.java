package io.quarkiverse.llm.quickstart;

import static io.quarkiverse.llm.test.LlmAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.test.ScriptedLlmTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonObject;

@QuarkusTest
@WithTestResource(ScriptedLlmTestResource.class)
class PlainEventsTest {

    ScriptedServer llm;

    @BeforeEach
    void reset() {
        llm.reset();
    }

    @Test
    void anEndpointThatReturnsEventsStreamsTheirJsonForm() {
        llm.enqueue(Answer.text("Hel", "lo"));

        String stream = given().get("/plain/events").then().statusCode(200).contentType("text/event-stream").extract()
                .asString();

        List<JsonObject> events = stream.lines().filter(line -> line.startsWith("data:"))
                .map(line -> new JsonObject(line.substring("data:".length()))).toList();
        assertThat(events).extracting(event -> event.getString("type")).containsExactly("response_started", "item_started",
                "text_delta", "text_delta", "item_complete", "response_completed");
    }

    @Test
    void aRequestIsReadAndAResponseIsWrittenInTheirJsonForm() {
        llm.enqueue(Answer.text("Hello"));

        given().contentType(ContentType.JSON).body("{\"input\":\"Hi\",\"temperature\":0.5}").post("/plain/complete")
                .then().statusCode(200).body("output[0].content[0].text", is("Hello")).body("status", is("completed"));

        assertThat(llm.takeRequest()).isNotStreaming().hasUserMessage("Hi").hasField("/temperature", 0.5);
    }
}
