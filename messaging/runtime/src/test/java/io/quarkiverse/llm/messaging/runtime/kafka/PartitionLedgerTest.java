package io.quarkiverse.llm.messaging.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;

import org.junit.jupiter.api.Test;

class PartitionLedgerTest {

    @Test
    void saysWhichRecordsBehindTheCommittedOffsetAreFinishedAndWhichAreBegun() {
        PartitionLedger ledger = new PartitionLedger(100);
        for (long offset = 100; offset < 110; offset++) {
            begin(ledger, offset);
        }
        finish(ledger, 102, 103, 104, 106);
        assertThat(ledger.committed()).isEqualTo(100);
        assertThat(ledger.text(LedgerText.CAPACITY)).isEqualTo("llm1:b,b,f3,b,f,b,b,b");
    }

    @Test
    void theCommittedOffsetPassesWhatIsFinished() {
        PartitionLedger ledger = new PartitionLedger(100);
        begin(ledger, 100);
        begin(ledger, 101);
        begin(ledger, 102);
        finish(ledger, 101, 100);
        assertThat(ledger.committed()).isEqualTo(102);
        assertThat(ledger.text(LedgerText.CAPACITY)).isEqualTo("llm1:b");
        finish(ledger, 102);
        assertThat(ledger.committed()).isEqualTo(103);
        assertThat(ledger.text(LedgerText.CAPACITY)).isEmpty();
    }

    @Test
    void theNextOwnerGoesOnCounting() {
        PartitionLedger ledger = PartitionLedger.of(7, "llm1:b,f2,n,b3");
        assertThat(begin(ledger, 7)).hasValue(1);
        assertThat(begin(ledger, 8)).isEmpty();
        assertThat(begin(ledger, 9)).isEmpty();
        assertThat(begin(ledger, 10)).hasValue(0);
        assertThat(begin(ledger, 11)).hasValue(3);
        assertThat(begin(ledger, 12)).hasValue(0);
        assertThat(ledger.text(LedgerText.CAPACITY)).isEqualTo("llm1:b2,f2,b,b4,b");
    }

    @Test
    void aRecordUnderWayIsNotHandedOutAgainUntilItIsGivenBack() {
        PartitionLedger ledger = new PartitionLedger(0);
        begin(ledger, 0);
        assertThat(ledger.receive(0)).isEmpty();
        assertThat(ledger.giveBack(0)).hasValue(1);
        assertThat(ledger.giveBack(0)).isEmpty();
        assertThat(begin(ledger, 0)).hasValue(1);
    }

    @Test
    void whatThePartitionHasNoMoreIsFinished() {
        PartitionLedger ledger = PartitionLedger.of(5, "llm1:b,f,b");
        begin(ledger, 20);
        assertThat(ledger.committed()).isEqualTo(20);
        assertThat(ledger.text(LedgerText.CAPACITY)).isEqualTo("llm1:b");
    }

    @Test
    void aPartitionThatLostItsEndStartsOver() {
        PartitionLedger ledger = PartitionLedger.of(1000, "llm1:f5");
        begin(ledger, 1000);
        assertThat(begin(ledger, 3)).isEqualTo(OptionalInt.of(0));
        assertThat(ledger.committed()).isEqualTo(3);
        assertThat(ledger.text(LedgerText.CAPACITY)).isEqualTo("llm1:b");
    }

    @Test
    void theFirstRecordCountsWhenNothingWasCommitted() {
        PartitionLedger ledger = new PartitionLedger();
        assertThat(ledger.isKnown()).isFalse();
        begin(ledger, 42);
        assertThat(ledger.committed()).isEqualTo(42);
    }

    @Test
    void whatWasNotUnderWayCannotBeFinished() {
        PartitionLedger ledger = PartitionLedger.of(7, "llm1:b");
        assertThat(ledger.finish(7)).isFalse();
        assertThat(ledger.committed()).isEqualTo(7);
    }

    @Test
    void whatIsHandedOutIsNotBegun() {
        PartitionLedger ledger = new PartitionLedger(7);
        assertThat(ledger.receive(7)).hasValue(0);
        assertThat(ledger.receive(8)).hasValue(0);
        ledger.begin(8);
        assertThat(ledger.text(LedgerText.CAPACITY)).isEqualTo("llm1:n,b");
        ledger.giveBack(7);
        ledger.giveBack(8);
        assertThat(ledger.receive(7)).hasValue(0);
        assertThat(ledger.receive(8)).hasValue(1);
    }

    @Test
    void eachAttemptAtARecordCounts() {
        PartitionLedger ledger = PartitionLedger.of(7, "llm1:b");
        ledger.receive(7);
        ledger.begin(7);
        ledger.begin(7);
        assertThat(ledger.text(LedgerText.CAPACITY)).isEqualTo("llm1:b3");
    }

    @Test
    void whatIsNotHandedOutCannotBeBegun() {
        PartitionLedger ledger = PartitionLedger.of(7, "llm1:b");
        assertThat(ledger.begin(7)).isFalse();
        assertThat(ledger.text(LedgerText.CAPACITY)).isEqualTo("llm1:b");
    }

    @Test
    void saysHowOftenARecordWasGivenBackInThisLife() {
        PartitionLedger ledger = PartitionLedger.of(0, "llm1:b5");
        for (int times = 1; times < 4; times++) {
            ledger.receive(0);
            assertThat(ledger.giveBack(0)).hasValue(times);
        }
    }

    /** Handed out, and an attempt begins. */
    private static OptionalInt begin(PartitionLedger ledger, long offset) {
        OptionalInt earlier = ledger.receive(offset);
        assertThat(ledger.begin(offset)).isEqualTo(earlier.isPresent());
        return earlier;
    }

    private static void finish(PartitionLedger ledger, long... offsets) {
        for (long offset : offsets) {
            assertThat(ledger.finish(offset)).isTrue();
        }
    }
}
