package io.quarkiverse.llm.guides;

import static io.quarkiverse.llm.test.LlmAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.test.ScriptedLlmTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The REST endpoints of the guides. */
@QuarkusTest
@WithTestResource(ScriptedLlmTestResource.class)
class ResourcesTest {

    ScriptedServer llm;

    @BeforeEach
    void reset() {
        llm.reset();
    }

    @Test
    void answersAreStreamedAsText() {
        llm.enqueue(Answer.text("Scat", "tering."));

        given().queryParam("q", "Why is the sky blue?").get("/ask").then().statusCode(200).body(is("Scattering."));
        assertThat(llm.takeRequest()).isStreaming().hasUserMessage("Why is the sky blue?");
    }

    @Test
    void aFailureBeforeTheFirstWordIsABadGateway() {
        llm.enqueue(Answer.error(401, "Incorrect API key"));

        given().queryParam("q", "Why?").get("/ask").then().statusCode(502).body(containsString("Incorrect API key"));
    }

    @Test
    void eventsAreStreamedAsJson() {
        llm.enqueue(Answer.text("Hel", "lo"));

        given().contentType("application/json").body("[{\"type\":\"message\",\"role\":\"user\",\"content\":\"Hi\"}]")
                .post("/chat").then().statusCode(200).contentType("text/event-stream")
                .body(containsString("data:{\"type\":\"text_delta\""), containsString("\"delta\":\"Hel\""));
        assertThat(llm.takeRequest()).hasUserMessage("Hi");
    }
}
