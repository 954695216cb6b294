package io.quarkiverse.llm.gateway.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

/** An application that is not at the root of its server, with the gateway at a path of its own. */
class GatewayBelowRootPathTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.llm.base-url", "http://localhost:1/v1")
            .overrideConfigKey("quarkus.llm.model", "any/model")
            .overrideConfigKey("quarkus.http.root-path", "/app")
            .overrideConfigKey("quarkus.llm-gateway.path", "/llm/v1/");

    @Test
    void theGatewayIsBelowBoth() {
        String before = RestAssured.basePath;
        RestAssured.basePath = "";
        try {
            given().get("/app/llm/v1/models").then().statusCode(200).body("data.id", hasItem("any/model"));
            given().get("/app/llm/v1/models/any/model").then().statusCode(200).body("id", is("any/model"));
            given().get("/llm/v1/models").then().statusCode(404);
            given().get("/app/v1/models").then().statusCode(404);
        } finally {
            RestAssured.basePath = before;
        }
    }
}
