package io.quarkiverse.llm.gateway.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** The gateway among the other routes of an application. */
@QuarkusTest
@WithProviders
class RoutesTest {

    private static final int ELEVEN_MEGABYTES = 11 * 1024 * 1024;

    ScriptedServer llm;

    @TestHTTPResource("/")
    URL application;

    @BeforeEach
    void reset() {
        llm.reset();
    }

    private static RequestSpecification asking(String more) {
        return given().contentType(ContentType.JSON).body("{\"model\":\"scripted\"," + more + "}");
    }

    @Test
    void aResponseIsMade() {
        llm.enqueue(Answer.text("Hello"));

        asking("\"input\":\"Hi\"").post("/v1/responses").then().statusCode(200).contentType(ContentType.JSON)
                .header("x-request-id", startsWith("req_")).body("output_text", is("Hello"));
    }

    @Test
    void aChatCompletionIsStreamed() {
        llm.enqueue(Answer.text("Hello"));

        asking("\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]").post("/v1/chat/completions").then()
                .statusCode(200).header("content-type", startsWith("text/event-stream"))
                .header("cache-control", containsString("no-cache")).body(containsString("data: [DONE]"));
    }

    @Test
    void modelsAreListed() {
        given().get("/v1/models").then().statusCode(200).body("object", is("list")).body("data.id", hasItem("scripted"));
    }

    @Test
    void anotherMethodIsNotAllowed() {
        given().get("/v1/responses").then().statusCode(405).header("allow", containsString("POST"))
                .body("error.type", is("invalid_request_error"));
    }

    @Test
    void aRouteOfTheApplicationBelowThePathOfTheGatewayWorks() {
        given().get("/v1/weather").then().statusCode(200).body(is("rain"));
    }

    @Test
    void aBodyLargerThanTheLimitOfTheApplicationIsTaken() {
        llm.enqueue(Answer.text("Long"));

        asking("\"input\":\"" + "a".repeat(ELEVEN_MEGABYTES) + "\"").post("/v1/responses").then().statusCode(200)
                .body("output_text", is("Long"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/length", "/v1/length" })
    void aRouteOfTheApplicationKeepsItsLimit(String path) throws IOException {
        given().body(new byte[1024]).post(path).then().statusCode(200).body(is("1024"));
        assertThat(announced(path, ELEVEN_MEGABYTES)).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
    }

    /** The answer to the head of a request alone: a client that sends on may find the connection closed before it reads. */
    private String announced(String path, int length) throws IOException {
        try (Socket socket = new Socket(application.getHost(), application.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length
                    + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
        }
    }
}
