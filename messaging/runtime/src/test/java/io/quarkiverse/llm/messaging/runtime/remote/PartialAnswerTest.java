package io.quarkiverse.llm.messaging.runtime.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;

/** What is kept of an answer for a failure in its middle, and how much. */
class PartialAnswerTest {

    private static final int MOST = 10_000;

    private final PartialAnswer partial = new PartialAnswer(MOST);

    private void begin() {
        partial.add(Pool.started(1), 80);
    }

    private void text(int index, String text) {
        partial.add(new LlmEvent.TextDelta("item " + index, index, 0, text, Optional.empty()), text.length() + 80);
    }

    private void whole(int index, String text) {
        partial.add(new LlmEvent.ItemComplete("item " + index, index, Message.assistant(text)), text.length() + 80);
    }

    private Optional<String> kept() {
        return partial.response().map(LlmResponse::text);
    }

    @Test
    void beforeAnythingHasArrivedThereIsNothing() {
        assertThat(partial.response()).isEmpty();
    }

    @Test
    void whatFitsIsKeptAndOfMoreNothingIs() {
        begin();
        text(0, "a");
        text(0, "b".repeat(9_000));
        assertThat(kept()).contains("a" + "b".repeat(9_000));
        text(0, "c".repeat(1_000));
        assertThat(kept()).isEmpty();
        text(1, "d");
        whole(0, "e");
        assertThat(kept()).isEmpty();
    }

    @Test
    void wholeItemsCountToo() {
        begin();
        whole(0, "a".repeat(6_000));
        assertThat(kept()).contains("a".repeat(6_000));
        whole(1, "b".repeat(6_000));
        assertThat(kept()).isEmpty();
    }

    @Test
    void aWholeItemTakesThePlaceOfItsText() {
        begin();
        for (int i = 0; i < 20; i++) {
            text(i, "a".repeat(3_000));
            text(i, "a".repeat(3_000));
            whole(i, "b");
        }
        assertThat(kept()).contains("b".repeat(20));
    }

    @Test
    void theMessagesThatTextCameInDoNotCount() {
        begin();
        for (int i = 0; i < 1_000; i++) {
            text(0, "word ");
        }
        assertThat(kept()).contains("word ".repeat(1_000));
    }

    @Test
    void textsWithoutTextTakeTheirPlaceToo() {
        begin();
        for (int i = 0; i < 200; i++) {
            text(i, "");
        }
        assertThat(kept()).isEmpty();
    }
}
