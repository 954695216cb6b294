package io.quarkiverse.llm.deployment;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import io.quarkiverse.llm.LlmClient;

/**
 * The names of providers, by what makes the build know them.
 *
 * @param injected at an injection point, look-ups included
 * @param beans of the application
 * @param contributed by extensions
 * @param visible in the configuration as the build sees it
 */
record ProviderNames(Set<String> injected, Set<String> beans, Set<String> contributed, Set<String> visible) {

    ProviderNames {
        injected = Set.copyOf(injected);
        beans = Set.copyOf(beans);
        contributed = Set.copyOf(contributed);
        visible = Set.copyOf(visible);
    }

    /** The names that need a bean made for them: the default provider always, unless it is a bean already. */
    SortedSet<String> synthetic() {
        SortedSet<String> names = new TreeSet<>(injected);
        names.addAll(contributed);
        names.addAll(visible);
        names.add(LlmClient.DEFAULT);
        names.removeAll(beans);
        return names;
    }

    /** Whether there is a default provider whatever the configuration says. */
    boolean bringsDefault() {
        return beans.contains(LlmClient.DEFAULT) || contributed.contains(LlmClient.DEFAULT);
    }
}
