package io.quarkiverse.llm.deployment;

import io.quarkiverse.llm.runtime.conflict.ApplicationFacts;
import io.quarkus.builder.item.SimpleBuildItem;

/** What the build knows of the application, and what extensions bring along. */
final class LlmApplicationBuildItem extends SimpleBuildItem {

    private final ApplicationFacts facts;
    private final ContributedProviders contributed;

    LlmApplicationBuildItem(ApplicationFacts facts, ContributedProviders contributed) {
        this.facts = facts;
        this.contributed = contributed;
    }

    ApplicationFacts facts() {
        return facts;
    }

    ContributedProviders contributed() {
        return contributed;
    }
}
