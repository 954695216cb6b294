package io.quarkiverse.llm.deployment;

import io.quarkus.builder.item.MultiBuildItem;

/** Says that another module uses all providers by their names, whether or not the application injects them. */
public final class LlmAllProvidersUsedBuildItem extends MultiBuildItem {
}
