package io.quarkiverse.llm.gateway.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.is;

import java.util.Base64;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** The gateway of an application that has users of its own. */
abstract class SecurityTest {

    static QuarkusUnitTest application(boolean proactive) {
        ScriptedServer llm = ScriptedServer.start(request -> Answer.text("Hello").usage(30, 5));
        return new QuarkusUnitTest().withEmptyApplication()
                .overrideConfigKey("quarkus.llm.base-url", llm.baseUrl())
                .overrideConfigKey("quarkus.llm.model", "scripted")
                .overrideConfigKey("quarkus.http.test-port", "0")
                .overrideConfigKey("quarkus.http.auth.basic", "true")
                .overrideConfigKey("quarkus.http.auth.proactive", String.valueOf(proactive))
                .overrideConfigKey("quarkus.security.users.embedded.enabled", "true")
                .overrideConfigKey("quarkus.security.users.embedded.plain-text", "true")
                .overrideConfigKey("quarkus.security.users.embedded.users.alice", "wonderland")
                .overrideConfigKey("quarkus.security.users.embedded.users.bob", "builder")
                .overrideRuntimeConfigKey("quarkus.llm-gateway.authentication", "quarkus-security")
                .overrideRuntimeConfigKey("quarkus.llm-gateway.limits.requests-per-minute", "3")
                .setAfterAllCustomizer(llm::close);
    }

    static RequestSpecification as(String user, String password) {
        return given().header("authorization",
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes()));
    }

    static RequestSpecification response(RequestSpecification request) {
        return request.contentType(ContentType.JSON).body("{\"input\":\"" + "Hi ".repeat(20_000) + "\"}");
    }

    @Test
    void usersAreAnsweredEachWithLimitsOfTheirOwn() {
        for (String user : new String[] { "alice", "bob" }) {
            String password = user.equals("alice") ? "wonderland" : "builder";
            response(as(user, password)).post("/v1/responses").then().statusCode(200)
                    .body("output[0].content[0].text", is("Hello")).header("x-ratelimit-remaining-requests", is("2"));
            as(user, password).get("/v1/usage").then().statusCode(200).body("key", is(user)).body("requests", is(1))
                    .body("input_tokens", is(30));
        }
    }

    @Test
    void nobodyElseIs() {
        response(given()).post("/v1/responses").then().statusCode(401)
                .header("www-authenticate", containsStringIgnoringCase("basic"))
                .body("error.code", is("invalid_api_key"));
        given().get("/v1/models").then().statusCode(401);
    }

    @Test
    void aWrongPasswordIsRefused() {
        response(as("alice", "looking-glass")).post("/v1/responses").then().statusCode(401)
                .header("www-authenticate", containsStringIgnoringCase("basic"));
    }
}
