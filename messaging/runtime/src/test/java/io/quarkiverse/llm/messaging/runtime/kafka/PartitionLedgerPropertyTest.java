package io.quarkiverse.llm.messaging.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PartitionLedgerPropertyTest {

    private static final long START = 17;

    /** Owners come and go, each after a commit; what they know is only that. */
    @Property(tries = 300)
    void overAllOwnersNoFinishedRecordComesAgainAndAllBeginsAreCounted(@ForAll Random random,
            @ForAll @IntRange(min = 1, max = 120) int records) {
        Map<Long, Integer> begins = new HashMap<>();
        Set<Long> done = new HashSet<>();
        long end = START + records;
        PartitionLedger ledger = new PartitionLedger(START);
        while (done.size() < records) {
            long position = ledger.committed();
            List<Long> running = new ArrayList<>();
            for (int steps = random.nextInt(80); steps > 0 || random.nextInt(10) > 0; steps--) {
                if (random.nextBoolean() && position < end) {
                    long offset = position++;
                    OptionalInt earlier = ledger.receive(offset);
                    assertThat(earlier.isEmpty()).as("%s is finished", offset).isEqualTo(done.contains(offset));
                    if (earlier.isPresent()) {
                        assertThat(earlier).hasValue(begins.getOrDefault(offset, 0));
                        running.add(offset);
                    }
                } else if (!running.isEmpty() && random.nextBoolean()) {
                    long offset = running.get(random.nextInt(running.size()));
                    assertThat(ledger.begin(offset)).isTrue();
                    begins.merge(offset, 1, Integer::sum);
                } else if (!running.isEmpty()) {
                    long offset = running.remove(random.nextInt(running.size()));
                    assertThat(ledger.finish(offset)).isTrue();
                    done.add(offset);
                }
            }
            for (long offset = START; offset < ledger.committed(); offset++) {
                assertThat(done).contains(offset);
            }
            ledger = PartitionLedger.of(ledger.committed(), ledger.text(LedgerText.CAPACITY));
        }
        assertThat(done).hasSize(records);
    }

    @Property(tries = 50)
    void theTextFitsAndWhatIsLeftOutIsTheEnd(@ForAll Random random) {
        PartitionLedger ledger = new PartitionLedger(0);
        Set<Long> done = new HashSet<>();
        for (long offset = 0; offset < 5000; offset++) {
            ledger.receive(offset);
            ledger.begin(offset);
        }
        for (long offset = 1; offset < 5000; offset++) {
            if (random.nextInt(3) == 0) {
                ledger.finish(offset);
                done.add(offset);
            }
        }
        assertThat(ledger.text(LedgerText.CAPACITY).length()).isBetween(LedgerText.CAPACITY - 20, LedgerText.CAPACITY);
        PartitionLedger next = PartitionLedger.of(0, ledger.text(LedgerText.CAPACITY));
        assertThat(next.text(LedgerText.CAPACITY)).isEqualTo(ledger.text(LedgerText.CAPACITY));
        boolean leftOut = false;
        for (long offset = 0; offset < 5000; offset++) {
            OptionalInt earlier = next.receive(offset);
            leftOut |= earlier.isPresent() && earlier.getAsInt() == 0;
            assertThat(earlier).isEqualTo(leftOut ? OptionalInt.of(0)
                    : done.contains(offset) ? OptionalInt.empty() : OptionalInt.of(1));
        }
        assertThat(leftOut).isTrue();
    }

    @Property
    void aTextOfSomebodyElseSaysNothing(@ForAll String text) {
        assertThat(PartitionLedger.of(3, text).receive(3)).hasValue(0);
    }

    @Property
    void aSpoiltTextDoesNoHarm(@ForAll Random random) {
        StringBuilder text = new StringBuilder("llm1:b,f12,b2,n5,f3");
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            text.setCharAt(5 + random.nextInt(text.length() - 5), "bfn,019x-".charAt(random.nextInt(9)));
        }
        PartitionLedger ledger = PartitionLedger.of(3, text.toString());
        long offset = 3;
        while (ledger.receive(offset).isEmpty() && offset < 100) {
            offset++;
        }
        assertThat(ledger.text(LedgerText.CAPACITY).length()).isLessThanOrEqualTo(LedgerText.CAPACITY);
    }
}
