package io.quarkiverse.llm.gateway.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class NoGatewayOpenApiTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.llm-gateway.enabled", "false");

    @Test
    void withoutTheGatewayTheDocumentHasNoneOfItsRoutes() {
        given().get("/q/openapi").then().statusCode(200).body(not(containsString("/v1/")));
    }
}
