package io.quarkiverse.llm.gateway.runtime.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.gateway.runtime.seal.Sealing;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CutPropertyTest {

    private static final Seal SEAL = new Seal(Sealing.of(List.of(Secret.of("0123456789abcdef"))), "ada");

    @Provide
    Arbitrary<List<RawJson>> histories() {
        return Histories.any();
    }

    private static int own(List<RawJson> items, double share) {
        return (int) Math.floor(share % 1 * (items.size() + 1));
    }

    @Property
    void each_item_is_told_or_kept_once_and_in_its_order(@ForAll("histories") List<RawJson> items, @ForAll byte share) {
        int own = own(items, (share & 0xFF) / 256.0);
        Optional<Cut> cut = Cut.of(items, own);
        if (cut.isEmpty()) {
            return;
        }
        List<RawJson> step = cut.get().step();
        int from = items.size() - step.size();
        assertThat(items.subList(from, items.size())).isEqualTo(step);
        assertThat(from).as("what the request says itself stays").isLessThanOrEqualTo(own > 0 ? own : items.size());
        List<RawJson> before = new ArrayList<>(cut.get().told());
        before.addAll(cut.get().application());
        assertThat(before).hasSize(from).containsExactlyInAnyOrderElementsOf(items.subList(0, from));
        assertThat(cut.get().told()).isSortedAccordingTo((one, other) -> items.indexOf(one) - items.indexOf(other));
        assertThat(cut.get().application()).allMatch(item -> ItemKind.of(item) == ItemKind.APPLICATION)
                .isSortedAccordingTo((one, other) -> items.indexOf(one) - items.indexOf(other));
    }

    @Property
    void no_output_is_parted_from_its_call(@ForAll("histories") List<RawJson> items, @ForAll byte share) {
        Cut.of(items, own(items, (share & 0xFF) / 256.0)).ifPresent(cut -> {
            List<String> calls = cut.step().stream().flatMap(item -> ItemKind.call(item).stream()).toList();
            assertThat(cut.step().stream().flatMap(item -> ItemKind.output(item).stream())).allMatch(calls::contains);
        });
    }

    @Property
    void what_the_user_said_last_is_never_lost(@ForAll("histories") List<RawJson> items) {
        Cut.of(items, 0).ifPresent(cut -> {
            Optional<RawJson> last = items.stream().filter(item -> ItemKind.of(item) == ItemKind.USER)
                    .reduce((one, next) -> next);
            last.ifPresent(said -> assertThat(cut.with("notes").items()).contains(said));
        });
    }

    @Property
    void the_item_stands_for_what_is_before_it_wherever_it_is_brought(@ForAll("histories") List<RawJson> items,
            @ForAll("histories") List<RawJson> more) {
        Cut.of(items, 0).ifPresent(cut -> {
            Compacted compacted = cut.with("the notes");
            RawJson item = compacted.item("cmp_1", SEAL);
            List<RawJson> all = new ArrayList<>(items);
            all.add(item);
            all.addAll(more);
            List<RawJson> expected = new ArrayList<>(compacted.items());
            expected.addAll(more);

            OpenedItems opened = OpenedItems.of(all, all.size() - more.size(), SEAL);

            assertThat(opened.items()).isEqualTo(expected);
            assertThat(opened.own()).isEqualTo(expected.size() - more.size());
            assertThat(opened.degradations()).isEmpty();
        });
    }

    @Property
    void without_a_compaction_there_is_nothing_to_open(@ForAll("histories") List<RawJson> items) {
        assertThat(OpenedItems.of(items, 0, SEAL).items()).isSameAs(items);
    }
}
