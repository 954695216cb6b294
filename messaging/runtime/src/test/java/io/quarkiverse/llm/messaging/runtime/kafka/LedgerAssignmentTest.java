package io.quarkiverse.llm.messaging.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who hears how a partition goes. */
class LedgerAssignmentTest {

    private final LedgerAssignment assignment = new LedgerAssignment(1);
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void receiveThree() {
        assignment.read(null);
        for (long offset = 0; offset < 3; offset++) {
            assignment.receive(offset);
        }
    }

    private void ask(long offset) {
        assignment.whenRevoked(offset, how -> told.add(how + " " + offset));
    }

    @Test
    void whoHasARecordUnderWayIsToldThatItLeavesAndThatItIsLost() {
        ask(1);
        assignment.leave();
        assignment.end();
        assertThat(told).containsExactly("LEAVING 1", "LOST 1");
    }

    @Test
    void whoAsksTooLateIsToldAtOnce() {
        assignment.leave();
        ask(0);
        assignment.end();
        ask(1);
        assertThat(told).containsExactly("LEAVING 0", "LOST 0", "LOST 1");
    }

    @Test
    void whatIsFinishedOrGivenBackInterestsNobody() {
        ask(0);
        ask(1);
        assignment.finish(0);
        assignment.giveBack(1);
        assignment.end();
        assertThat(told).isEmpty();
    }

    @Test
    void whoAsksAboutWhatIsFinishedOrGivenBackIsNotRemembered() {
        assignment.finish(0);
        assignment.giveBack(1);
        ask(0);
        ask(1);
        ask(2);
        assignment.end();
        assertThat(told).containsExactly("LOST 2");
    }
}
