package io.quarkiverse.llm.deployment;

import java.util.Objects;

import io.quarkus.builder.item.MultiBuildItem;

/**
 * Says that there will be a provider of this name, although no injection point and no configuration of the application shows
 * it to the build, so that it gets a bean. Its settings come from the configuration, for instance from a
 * {@code RunTimeConfigurationDefaultBuildItem} of the same extension.
 */
public final class LlmProviderBuildItem extends MultiBuildItem {

    private final String name;
    private final String source;

    /**
     * @param name as in {@code @LlmClient("name")}
     * @param source what contributes the provider, for messages: the name of the extension
     */
    public LlmProviderBuildItem(String name, String source) {
        this.name = Objects.requireNonNull(name, "name");
        this.source = Objects.requireNonNull(source, "source");
    }

    public String getName() {
        return name;
    }

    public String getSource() {
        return source;
    }
}
