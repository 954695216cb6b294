package io.quarkiverse.llm.deployment;

import io.quarkus.builder.item.SimpleBuildItem;

/** The names of providers that the build knows. */
final class LlmProviderNamesBuildItem extends SimpleBuildItem {

    private final ProviderNames names;

    LlmProviderNamesBuildItem(ProviderNames names) {
        this.names = names;
    }

    ProviderNames names() {
        return names;
    }
}
