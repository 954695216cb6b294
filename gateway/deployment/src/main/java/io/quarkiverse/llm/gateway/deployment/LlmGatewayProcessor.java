package io.quarkiverse.llm.gateway.deployment;

import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.FeatureBuildItem;

/** Builds the gateway into an application. */
class LlmGatewayProcessor {

    static final String FEATURE = "llm-gateway";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }
}
