package io.quarkiverse.llm.gateway.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.restassured.path.json.JsonPath;

class GatewayOpenApiTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addAsResource(new StringAsset("""
                    openapi: 3.1.0
                    info: {title: Mine, version: "1"}
                    paths: {/mine: {get: {responses: {"200": {description: Mine}}}}}
                    """), "META-INF/openapi.yaml"))
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.http.root-path", "/app")
            .overrideConfigKey("quarkus.llm-gateway.path", "/llm/v1")
            .overrideRuntimeConfigKey("quarkus.llm-gateway.authentication", "none");

    @Test
    void theRoutesStandInTheApplicationsDocumentWhereTheyAre() {
        Map<String, Map<String, Object>> paths = document().getMap("paths");

        assertThat(paths).containsOnlyKeys("/mine", "/app/llm/v1/responses", "/app/llm/v1/responses/input_tokens",
                "/app/llm/v1/responses/{response_id}", "/app/llm/v1/responses/{response_id}/cancel",
                "/app/llm/v1/responses/{response_id}/input_items",
                "/app/llm/v1/responses/compact", "/app/llm/v1/conversations", "/app/llm/v1/conversations/{conversation_id}",
                "/app/llm/v1/conversations/{conversation_id}/items",
                "/app/llm/v1/conversations/{conversation_id}/items/{item_id}",
                "/app/llm/v1/chat/completions",
                "/app/llm/v1/models",
                "/app/llm/v1/models/{model}", "/app/llm/v1/usage");
    }

    @Test
    void answersComeAsJsonAndInEvents() {
        for (String path : Set.of("responses", "chat/completions")) {
            Map<String, Object> content = document()
                    .getMap("paths.'/app/llm/v1/" + path + "'.post.responses.'200'.content");
            assertThat(content).containsOnlyKeys("application/json", "text/event-stream");
        }
    }

    @Test
    void failuresHaveOpenAisShape() {
        JsonPath document = document();

        assertThat(document.getString("paths.'/app/llm/v1/responses'.post.responses.'404'.content.'application/json'"
                + ".schema.'$ref'")).isEqualTo("#/components/schemas/LlmGatewayError");
        assertThat(document.<String> getList("components.schemas.LlmGatewayError.properties.error.required"))
                .containsExactlyInAnyOrder("message", "type", "param", "code");
    }

    @Test
    void operationsHaveATag() {
        assertThat(document().<String> getList("paths.'/app/llm/v1/models'.get.tags")).containsExactly("LLM Gateway");
        assertThat(document().<String> getList("tags.name")).containsExactly("LLM Gateway");
    }

    private static JsonPath document() {
        return given().basePath("/app").queryParam("format", "json").get("/q/openapi").then().statusCode(200).extract()
                .jsonPath();
    }
}
