package io.quarkiverse.llm.gateway.runtime.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.gateway.runtime.seal.Sealing;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

class OpenedItemsTest {

    private static final Seal SEAL = new Seal(Sealing.of(List.of(Secret.of("0123456789abcdef"))), "ada");
    private static final RawJson LARGE = new Compacted(false, List.of(), "a".repeat(12 << 20), List.of()).item("cmp_1", SEAL);

    @Test
    void aFewLargeCompactionsAreOpened() {
        OpenedItems opened = OpenedItems.of(Collections.nCopies(2, LARGE), 0, SEAL);

        assertThat(opened.items()).hasSize(2).allMatch(item -> item.text().length() > 12 << 20);
        assertThat(opened.degradations()).isEmpty();
    }

    @Test
    void aSmallBodyCannotStandForMoreThanTheServerCanHold() {
        List<RawJson> input = Collections.nCopies(20, LARGE);
        assertThat(input.stream().mapToInt(item -> item.text().length()).sum()).isLessThan(4 << 20);

        assertThatThrownBy(() -> OpenedItems.of(input, 0, SEAL)).isInstanceOfSatisfying(InvalidRequestException.class,
                refused -> assertThat(refused.param()).isEqualTo(Optional.of("input")))
                .hasMessageContaining("encrypted_content stands for more than");
    }
}
