package io.quarkiverse.llm.deployment;

import java.util.Collection;
import java.util.Map;

import io.quarkiverse.llm.runtime.structured.OutputSchema;
import io.quarkus.builder.item.SimpleBuildItem;

/** The types that the application asks its providers for. */
final class LlmOutputTypesBuildItem extends SimpleBuildItem {

    private final Map<String, OutputSchema> schemas;
    private final Collection<Class<?>> bound;

    LlmOutputTypesBuildItem(Map<String, OutputSchema> schemas, Collection<Class<?>> bound) {
        this.schemas = schemas;
        this.bound = bound;
    }

    /** By the name of the class. */
    Map<String, OutputSchema> schemas() {
        return schemas;
    }

    /** What answers are bound to: these types, those of their properties, and so on. */
    String[] bound() {
        return bound.stream().map(Class::getName).sorted().toArray(String[]::new);
    }
}
