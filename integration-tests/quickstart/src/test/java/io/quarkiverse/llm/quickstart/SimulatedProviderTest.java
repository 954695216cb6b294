package io.quarkiverse.llm.quickstart;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;

/** Nothing is configured: this is what a newcomer sees first. */
@QuarkusTest
class SimulatedProviderTest {

    @Test
    void answersAndSaysThatItIsNoModel() {
        given().queryParam("q", "Hello").get("/ask").then().statusCode(200).body(startsWith("[simulated]"));
    }

    @Test
    void callsTheToolAndAnswersWithItsResult() {
        given().contentType(ContentType.JSON).accept("text/event-stream").body("""
                [{"role": "user", "content": "How is the weather in Oslo?"}]
                """).post("/chat").then().statusCode(200).body(allOf(containsString("tool_call_arguments_delta"),
                containsString("tool_result"), containsString("The tool answered: Oslo:")));
    }
}
