package io.quarkiverse.llm.runtime.wire.responses;

import java.util.Set;

import io.quarkiverse.llm.Repair;

/** What the server was asked for. */
enum AnswerOrigin {
    /** A response of its own. */
    REQUEST(Set.of()),
    /** A response that is stored: one that failed is an answer. */
    LOOKUP(Set.of()),
    /** The rest of a stream: what refers to the part that was left out is no departure from the wire API. */
    REST_OF_STREAM(Set.of(Repair.MISSING_START, Repair.MISSING_RESPONSE_ID, Repair.MISSING_MODEL, Repair.MISSING_CREATED_AT,
            Repair.MISSING_ITEM_REFERENCE, Repair.ITEM_NEVER_ADDED, Repair.PART_NEVER_ADDED, Repair.MISSING_DELTAS,
            Repair.CONTRADICTING_DONE, Repair.FALSELY_COMPLETED));

    private final Set<Repair> expected;

    AnswerOrigin(Set<Repair> expected) {
        this.expected = expected;
    }

    /** What has to be made up for in the best of such answers, too. */
    Set<Repair> expected() {
        return expected;
    }
}
