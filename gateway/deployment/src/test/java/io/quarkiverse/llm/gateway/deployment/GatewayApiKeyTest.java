package io.quarkiverse.llm.gateway.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** An application whose gateway has keys: that is enough to need one. */
class GatewayApiKeyTest {

    private static final ScriptedServer LLM = ScriptedServer.start(request -> Answer.text("Hello").usage(30, 5));

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.llm.base-url", LLM.baseUrl())
            .overrideConfigKey("quarkus.llm.model", "scripted")
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.http.cors.enabled", "true")
            .overrideConfigKey("quarkus.http.cors.origins", "https://chat.example.com")
            .overrideRuntimeConfigKey("quarkus.llm-gateway.keys.alice.value", "secret-of-alice")
            .overrideRuntimeConfigKey("quarkus.llm-gateway.keys.alice.models", "fast")
            .overrideRuntimeConfigKey("quarkus.llm-gateway.keys.bob.value", "secret-of-bob")
            .overrideRuntimeConfigKey("quarkus.llm-gateway.keys.bob.limits.requests-per-minute", "1")
            .overrideRuntimeConfigKey("quarkus.llm-gateway.routes.fast", "default:scripted")
            .setAfterAllCustomizer(LLM::close);

    private static RequestSpecification response(String model) {
        return given().contentType(ContentType.JSON).body("{\"model\":\"" + model + "\",\"input\":\"Hi\"}");
    }

    @Test
    void oneOfTwoHeadersHasTheKey() {
        response("fast").header("authorization", "Bearer secret-of-alice").post("/v1/responses").then().statusCode(200)
                .body("output[0].content[0].text", is("Hello"));
        response("fast").header("api-key", "secret-of-alice").post("/v1/responses").then().statusCode(200);
    }

    @Test
    void withoutOneNobodyIsAnswered() {
        response("fast").post("/v1/responses").then().statusCode(401).header("www-authenticate", "Bearer")
                .body("error.code", is("invalid_api_key")).body("error.type", is("invalid_request_error"))
                .body("error.message", not(containsString("alice")));
        response("fast").header("authorization", "Bearer secret-of-carol").post("/v1/responses").then().statusCode(401);
        given().get("/v1/models").then().statusCode(401);
    }

    @Test
    void aKeyHasItsOwnModels() {
        given().header("api-key", "secret-of-alice").get("/v1/models").then().statusCode(200).body("data.id", contains("fast"));
        given().header("api-key", "secret-of-bob").get("/v1/models").then().body("data.id", hasItems("fast", "scripted"));
        response("scripted").header("api-key", "secret-of-alice").post("/v1/responses").then().statusCode(404)
                .body("error.code", is("model_not_found")).body("error.message", is("The model 'scripted' does not exist."));
    }

    @Test
    void aKeyHasItsOwnLimitsAndReadsItsUsage() {
        response("fast").header("api-key", "secret-of-bob").post("/v1/responses").then().statusCode(200)
                .header("x-ratelimit-remaining-requests", "0");
        response("fast").header("api-key", "secret-of-bob").post("/v1/responses").then().statusCode(429)
                .header("retry-after", notNullValue()).header("retry-after-ms", notNullValue())
                .body("error.type", is("requests")).body("error.message", endsWith("s."));
        given().header("api-key", "secret-of-bob").get("/v1/usage").then().statusCode(200).body("key", is("bob"))
                .body("requests", is(2)).body("refused_requests", is(1)).body("input_tokens", is(30))
                .body("limits.requests_per_minute", is(1));
        given().header("api-key", "secret-of-bob").get("/v1/usage?all=true").then().statusCode(403);
    }

    /** Browsers send no key with it. */
    @Test
    void whatBrowsersAskBeforeIsAnsweredByQuarkus() {
        given().header("origin", "https://chat.example.com").header("access-control-request-method", "POST")
                .header("access-control-request-headers", "authorization,content-type").options("/v1/responses").then()
                .statusCode(200).header("access-control-allow-origin", "https://chat.example.com")
                .header("access-control-allow-headers", containsString("authorization"));
        response("fast").header("origin", "https://chat.example.com").post("/v1/responses").then().statusCode(401)
                .header("access-control-allow-origin", "https://chat.example.com");
        given().header("origin", "https://evil.example.com").header("access-control-request-method", "POST")
                .options("/v1/responses").then().statusCode(403);
    }
}
