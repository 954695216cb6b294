package io.quarkiverse.llm.deployment;

import java.util.Objects;

import io.quarkus.builder.item.MultiBuildItem;

/** Another extension has a hold of all providers: none of them is unused because nothing injects it. */
public final class LlmProvidersUsedBuildItem extends MultiBuildItem {

    private final String feature;

    /**
     * @param feature the name of that extension's feature
     */
    public LlmProvidersUsedBuildItem(String feature) {
        this.feature = Objects.requireNonNull(feature, "feature");
    }

    public String getFeature() {
        return feature;
    }
}
