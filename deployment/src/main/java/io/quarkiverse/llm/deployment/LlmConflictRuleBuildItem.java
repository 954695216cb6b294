package io.quarkiverse.llm.deployment;

import java.util.Objects;

import io.quarkiverse.llm.runtime.conflict.ConflictRule;
import io.quarkus.builder.item.MultiBuildItem;

/**
 * A rule of another module, by which it finds conflicts of its own. They are in the one report, and follow the same settings.
 */
public final class LlmConflictRuleBuildItem extends MultiBuildItem {

    private final ConflictRule rule;

    /**
     * @param rule without state, of a public class with a public constructor without parameters, which must be in the
     *        extension's
     *        run-time artifact: the start makes one of its own
     */
    public LlmConflictRuleBuildItem(ConflictRule rule) {
        this.rule = Objects.requireNonNull(rule, "rule");
    }

    public ConflictRule getRule() {
        return rule;
    }
}
