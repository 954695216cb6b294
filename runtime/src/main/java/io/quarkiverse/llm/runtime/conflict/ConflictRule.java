package io.quarkiverse.llm.runtime.conflict;

import java.util.List;

/**
 * Finds conflicts of one sort. Knows nothing but the facts, so that build, start and each later change can ask it. Those of the
 * core are in {@link ConflictRules}; another module hands its own to the build, which needs a public class with a public
 * constructor without parameters.
 */
public interface ConflictRule {

    /** What it finds, in an order that is always the same. */
    List<Conflict> conflicts(Facts facts);
}
