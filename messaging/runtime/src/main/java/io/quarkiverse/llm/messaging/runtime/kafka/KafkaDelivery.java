package io.quarkiverse.llm.messaging.runtime.kafka;

import java.util.function.Consumer;

import io.quarkiverse.llm.messaging.HeaderMapping.Revocation;

/**
 * That a record was handed out, as metadata of its message.
 *
 * @param ledgers who did it
 * @param assignment in which the record belongs to this process
 * @param offset of the record
 * @param earlier how many attempts at it were begun before
 */
record KafkaDelivery(LedgerCommit ledgers, LedgerAssignment assignment, long offset, int earlier) {

    /** An attempt at it begins. On any thread. @return whether it is still ours */
    boolean begins() {
        return ledgers.begin(assignment, offset);
    }

    /** On any thread. */
    void whenRevoked(Consumer<Revocation> told) {
        assignment.whenRevoked(offset, told);
    }

    /** It is for the next owner. On any thread. */
    void givesBack() {
        assignment.giveBack(offset);
    }
}
