package io.quarkiverse.llm.gateway.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import java.util.Arrays;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class NoGatewayOpenApiTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addAsResource(new StringAsset("""
                    openapi: 3.1.0
                    info: {title: Mine, version: "1"}
                    paths: {/mine: {get: {responses: {"200": {description: Mine}}}}}
                    """), "META-INF/openapi.yaml"))
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.llm-gateway.enabled", "false")
            .setLogRecordPredicate(line -> line.getMessage().startsWith("Installed features"))
            .assertLogRecords(
                    lines -> assertThat(lines).singleElement().extracting(line -> Arrays.toString(line.getParameters()))
                            .asString().contains("llm").doesNotContain(LlmGatewayProcessor.FEATURE));

    @Test
    void withoutTheGatewayTheDocumentHasNoneOfItsRoutes() {
        given().get("/q/openapi").then().statusCode(200).body(containsString("/mine"), not(containsString("/v1/")));
    }
}
