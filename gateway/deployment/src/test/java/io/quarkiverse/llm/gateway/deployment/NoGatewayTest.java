package io.quarkiverse.llm.gateway.deployment;

import static io.restassured.RestAssured.given;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** An application that has the gateway on its class path and does not want it. */
class NoGatewayTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.llm.base-url", "http://localhost:1/v1")
            .overrideConfigKey("quarkus.llm.model", "any")
            .overrideConfigKey("quarkus.llm-gateway.enabled", "false");

    @Test
    void thereAreNoRoutes() {
        given().get("/v1/models").then().statusCode(404);
        given().get("/v1/responses").then().statusCode(404);
    }
}
