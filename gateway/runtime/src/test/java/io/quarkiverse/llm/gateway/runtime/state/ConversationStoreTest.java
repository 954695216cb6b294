package io.quarkiverse.llm.gateway.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.store.CaffeineStateStore;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;
import io.smallrye.mutiny.Uni;

class ConversationStoreTest {

    private static final RawJson NONE = RawJson.verbatim("{}");

    /** Counts what is written. */
    private static final class Counted implements StateStore {

        private final StateStore store = new CaffeineStateStore(Duration.ofHours(1), 100_000, 1_000_000_000);
        long bytes;

        @Override
        public Uni<Void> put(Map<String, byte[]> entries) {
            bytes += entries.values().stream().mapToLong(value -> value.length).sum();
            return store.put(entries);
        }

        @Override
        public Uni<Boolean> replace(String key, Optional<byte[]> expected, byte[] value) {
            bytes += value.length;
            return store.replace(key, expected, value);
        }

        @Override
        public Uni<Optional<byte[]>> get(String key) {
            return store.get(key);
        }

        @Override
        public Uni<Map<String, byte[]>> getAll(Collection<String> keys) {
            return store.getAll(keys);
        }

        @Override
        public Uni<Void> delete(Collection<String> keys) {
            return store.delete(keys);
        }

        @Override
        public String describe() {
            return "counted";
        }
    }

    private final Counted store = new Counted();
    private final ConversationStore conversations = new ConversationStore(store);

    private static RawJson message(String text) {
        return RawJson.verbatim("{\"role\":\"user\",\"content\":\"" + text + "\"}");
    }

    private static <T> T of(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }

    @Test
    void ofWhatWasSaidBeforeOnlyTheIdsAreWrittenAgain() {
        String id = of(conversations.create("ada", NONE, List.of())).id();
        String text = "x".repeat(10_000);
        long first = 0;
        for (int i = 0; i < 200; i++) {
            long before = store.bytes;
            of(conversations.append("ada", id, List.of(message(text), message(text))));
            first = i == 0 ? store.bytes - before : first;
            // two ids of 36 characters and that of their segment, and what stands around them
            assertThat(store.bytes - before).isLessThanOrEqualTo(first + i * 200L);
        }
        assertThat(of(conversations.window("ada", id)).items()).hasSize(400);
    }

    @Test
    void forAnotherOwnerThereIsNothing() {
        String id = of(conversations.create("ada", NONE, List.of(message("secret")))).id();
        String item = of(conversations.append("ada", id, List.of(message("more")))).get(0).id();

        for (Uni<?> asked : List.of(conversations.find("bob", id), conversations.window("bob", id),
                conversations.item("bob", id, item), conversations.append("bob", id, List.of(message("mine"))),
                conversations.deleteItem("bob", id, item), conversations.delete("bob", id))) {
            assertThatThrownBy(() -> of(asked)).isInstanceOf(NotKeptException.class);
        }
        assertThat(of(conversations.items("bob", List.of(item)))).isEmpty();
        assertThat(of(conversations.window("ada", id)).items()).hasSize(2);
    }

    @Test
    void aConversationThatIsInPartGoneIsNotGoneOnWith() {
        String id = of(conversations.create("ada", NONE, List.of(message("first")))).id();
        of(conversations.append("ada", id, List.of(message("second"))));
        String lost = of(conversations.find("ada", id)).segments().get(0).id();

        of(store.delete(List.of(new StateKeys("ada").turn(lost))));

        assertThatThrownBy(() -> of(conversations.window("ada", id))).isInstanceOf(NotKeptException.class);
    }

    @Test
    void aDeletedItemLeavesNoTrace() {
        String id = of(conversations.create("ada", NONE, List.of(message("first"), message("secret")))).id();
        String segment = of(conversations.find("ada", id)).segments().get(0).id();
        String item = of(conversations.find("ada", id)).segments().get(0).items().get(1);

        of(conversations.deleteItem("ada", id, item));

        String kept = new String(of(store.get(new StateKeys("ada").turn(segment))).orElseThrow());
        assertThat(kept).contains("first").doesNotContain("secret");
        assertThat(of(store.get(new StateKeys("ada").conversationItem(item)))).isEmpty();
    }
}
