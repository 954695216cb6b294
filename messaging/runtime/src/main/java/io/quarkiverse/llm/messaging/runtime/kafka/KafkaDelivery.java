package io.quarkiverse.llm.messaging.runtime.kafka;

import java.util.function.Consumer;

import io.quarkiverse.llm.messaging.HeaderMapping.Revocation;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;

/**
 * That a record was handed out, as metadata of its message.
 *
 * @param ledgers who did it
 * @param assignment in which the record belongs to this process
 * @param record as it was handed out
 * @param earlier how many attempts at it were begun before
 */
record KafkaDelivery(LedgerCommit ledgers, LedgerAssignment assignment, IncomingKafkaRecord<?, ?> record, int earlier) {

    /**
     * An attempt at it begins. On any thread.
     *
     * @return whether it is still ours
     */
    boolean begins() {
        return ledgers.begin(assignment, record.getOffset());
    }

    /** On any thread. */
    void whenRevoked(Consumer<Revocation> told) {
        assignment.whenRevoked(record.getOffset(), told);
    }

    /** It is for the next owner. On any thread. */
    void givesBack() {
        assignment.giveBack(record.getOffset());
    }

    /** It is neither finished nor refused, and for whoever has the partition in a while. On any thread. */
    void comesAgain() {
        ledgers.giveBack(record, assignment, "Kafka's connector could neither acknowledge nor refuse it");
    }
}
