package io.quarkiverse.llm.runtime.conflict;

import java.util.List;

/** Finds conflicts of one sort. Knows nothing but the facts, so that build, start and each later change can ask it. */
public interface ConflictRule {

    /** What it finds, in an order that is always the same. */
    List<Conflict> conflicts(Facts facts);
}
