package io.quarkiverse.llm.gateway.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.store.CaffeineStateStore;
import io.smallrye.mutiny.Uni;

class ResponseStoreTest {

    private static final String ADA = "key:ada";
    private static final String BOB = "key:bob";

    private final CaffeineStateStore entries = new CaffeineStateStore(Duration.ofHours(1), 1000, 1_000_000);
    private final ResponseStore store = new ResponseStore(entries);

    private static List<RawJson> items(String... json) {
        return Arrays.stream(json).map(RawJson::verbatim).toList();
    }

    private static String said(String text) {
        return "{\"role\":\"user\",\"content\":\"" + text + "\"}";
    }

    private static String message(String id, String text) {
        return "{\"id\":\"" + id + "\",\"type\":\"message\",\"role\":\"assistant\",\"content\":\"" + text + "\"}";
    }

    private static RawJson resource(String id, String status) {
        return RawJson.verbatim("{\"id\":\"" + id + "\",\"status\":\"" + status + "\"}");
    }

    private static <T> T now(Uni<T> result) {
        return result.await().atMost(Duration.ofSeconds(5));
    }

    private Window turn(Window before, String id, String said, String answered) {
        return now(store.keep(ADA, resource(id, "completed"), before.with(items(said(said))),
                items(message("msg_of_" + id, answered)), Optional.empty()));
    }

    @Test
    void aConversationIsWhatAllItsTurnsHaveSaid() {
        Window second = turn(turn(Window.EMPTY, "resp_1", "a", "b"), "resp_2", "c", "d");

        assertThat(now(store.window(ADA, "resp_2"))).contains(second);
        assertThat(second.items())
                .isEqualTo(items(said("a"), message("msg_of_resp_1", "b"), said("c"), message("msg_of_resp_2", "d")));
        assertThat(second.turns()).containsExactly("resp_1", "resp_2");
    }

    @Test
    void aTurnThatWasNotKeptIsKeptByTheNextOneThatIs() {
        Window unkept = turn(Window.EMPTY, "resp_1", "a", "b").with(items(said("c"), message("msg_2", "d")));
        Window third = turn(unkept, "resp_3", "e", "f");

        assertThat(now(store.window(ADA, "resp_3")).orElseThrow().items()).isEqualTo(third.items()).hasSize(6);
        assertThat(third.turns()).containsExactly("resp_1", "resp_3");
    }

    @Test
    void whatIsWrittenForATurnDoesNotGrowWithTheConversation() {
        Window window = Window.EMPTY;
        long[] written = new long[20];
        for (int i = 0; i < written.length; i++) {
            long before = entries.bytes();
            window = turn(window, "resp_" + (i + 10), "question", "answer");
            written[i] = entries.bytes() - before;
        }
        // each turn has the ids of those before it
        assertThat(written[19] - written[1]).isLessThan(18 * 12);
    }

    @Test
    void nothingOfOneOwnerIsThereForAnother() {
        turn(Window.EMPTY, "resp_1", "a", "b");

        assertThat(now(store.find(BOB, "resp_1"))).isEmpty();
        assertThat(now(store.window(BOB, "resp_1"))).isEmpty();
        assertThat(now(store.inputItems(BOB, "resp_1"))).isEmpty();
        assertThat(now(store.events(BOB, "resp_1"))).isEmpty();
        assertThat(now(store.items(BOB, List.of("msg_of_resp_1", "item_resp_1_0")))).isEmpty();
        assertThat(now(store.delete(BOB, "resp_1"))).isFalse();
        assertThat(now(store.find(ADA, "resp_1"))).isPresent();
    }

    @Test
    void itemsAreFoundByTheIdsThatListsShow() {
        Window first = turn(Window.EMPTY, "resp_1", "a", "b");
        turn(first, "resp_2", "c", "d");

        List<ListedItem> listed = now(store.inputItems(ADA, "resp_2")).orElseThrow();
        assertThat(listed).extracting(ListedItem::id).containsExactly("item_resp_1_0", "msg_of_resp_1", "item_resp_2_0");
        assertThat(listed.get(0).json().text()).isEqualTo("{\"id\":\"item_resp_1_0\",\"type\":\"message\","
                + "\"status\":\"completed\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"a\"}]}");

        assertThat(now(store.items(ADA, List.of("item_resp_2_0", "msg_of_resp_2", "msg_none", "item_resp_2_9"))))
                .isEqualTo(Map.of("item_resp_2_0", RawJson.verbatim(said("c")),
                        "msg_of_resp_2", RawJson.verbatim(message("msg_of_resp_2", "d"))));
    }

    @Test
    void aDeletedResponseIsGoneAndThoseThatGoOnWithItAreNot() {
        Window first = turn(Window.EMPTY, "resp_1", "a", "b");
        Window second = turn(first, "resp_2", "c", "d");

        assertThat(now(store.delete(ADA, "resp_1"))).isTrue();

        assertThat(now(store.find(ADA, "resp_1"))).isEmpty();
        assertThat(now(store.window(ADA, "resp_1"))).isEmpty();
        assertThat(now(store.items(ADA, List.of("msg_of_resp_1")))).isEmpty();
        assertThat(now(store.window(ADA, "resp_2"))).contains(second);
        assertThat(now(store.delete(ADA, "resp_1"))).isFalse();
    }

    @Test
    void nothingIsLeftOfAResponseThatNobodyGoesOnWith() {
        turn(Window.EMPTY, "resp_1", "a", "b");
        now(store.delete(ADA, "resp_1"));
        assertThat(entries.count()).isZero();
    }

    @Test
    void aConversationGoesOnOnlyWithWhatHasAnEnd() {
        for (String status : List.of("failed", "in_progress", "queued", "cancelled")) {
            now(store.keep(ADA, resource("resp_1", status), Window.EMPTY, List.of(), Optional.empty()));
            assertThat(now(store.window(ADA, "resp_1"))).as(status).isEmpty();
        }
    }

    @Test
    void aConversationOfWhichAPartIsGoneIsNotThere() {
        Window first = turn(Window.EMPTY, "resp_1", "a", "b");
        turn(first, "resp_2", "c", "d");
        now(entries.delete(List.of(new StateKeys(ADA).turn("resp_1"))));
        assertThat(now(store.window(ADA, "resp_2"))).isEmpty();
    }

    @Test
    void itemsThatAreNoObjectsAreListedAsMessages() {
        now(store.keep(ADA, resource("resp_1", "completed"), Window.EMPTY.with(items("\"Hi\"", "{}")), List.of(),
                Optional.empty()));
        assertThat(now(store.inputItems(ADA, "resp_1")).orElseThrow()).extracting(item -> item.json().text()).containsExactly(
                "{\"id\":\"item_resp_1_0\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"user\","
                        + "\"content\":[{\"type\":\"input_text\",\"text\":\"Hi\"}]}",
                "{\"id\":\"item_resp_1_1\"}");
    }
}
