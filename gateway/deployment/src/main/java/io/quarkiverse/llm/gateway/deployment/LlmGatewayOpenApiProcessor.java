package io.quarkiverse.llm.gateway.deployment;

import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayBuildConfig;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.smallrye.openapi.deployment.spi.AddToOpenAPIDefinitionBuildItem;
import io.quarkus.vertx.http.deployment.HttpRootPathBuildItem;

/**
 * Describes the routes of the gateway in the OpenAPI document of an application that has one: else nobody asks for it. SmallRye
 * OpenAPI applies no filter to a document without anything in it: an application that has neither endpoints that it scans nor a
 * {@code META-INF/openapi.yaml} gets an empty one.
 */
class LlmGatewayOpenApiProcessor {

    @BuildStep
    void describe(LlmGatewayBuildConfig config, HttpRootPathBuildItem root,
            BuildProducer<AddToOpenAPIDefinitionBuildItem> definitions) {
        if (config.enabled()) {
            String path = new GatewayPath(config.path()).trimmed();
            definitions.produce(new AddToOpenAPIDefinitionBuildItem(new GatewayOpenApi(root.resolvePath(path))));
        }
    }
}
