package io.quarkiverse.llm.deployment;

import io.quarkiverse.llm.runtime.json.LlmJacksonModule;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.jackson.spi.ClassPathJacksonModuleBuildItem;

/** Makes the application's {@code ObjectMapper} read and write requests, responses, items and events. */
class LlmJacksonProcessor {

    @BuildStep
    ClassPathJacksonModuleBuildItem module() {
        return new ClassPathJacksonModuleBuildItem(LlmJacksonModule.class.getName());
    }
}
