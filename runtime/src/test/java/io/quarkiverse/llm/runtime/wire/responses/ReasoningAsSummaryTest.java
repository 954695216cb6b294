package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;
import io.vertx.core.json.JsonObject;

class ReasoningAsSummaryTest {

    private static final Message HELLO = Message.assistant("Hello").withId("msg_1").withStatus(ItemStatus.COMPLETED);

    private static Reasoning reasoning(List<String> summary, List<String> content) {
        return new Reasoning(Optional.of("rs_1"), Optional.of(ItemStatus.COMPLETED), summary, content, Optional.of("gAAAA"));
    }

    private static List<LlmEvent> summarized(List<LlmEvent> events) {
        List<LlmEvent> handedOn = new ArrayList<>();
        events.forEach(new ReasoningAsSummary(handedOn::add));
        return handedOn;
    }

    @Test
    void reasoning_comes_as_if_it_were_its_summary() {
        List<LlmEvent> events = CanonicalStream.of(reasoning(List.of(), List.of("One", "Two")), HELLO);

        assertThat(summarized(events)).isEqualTo(CanonicalStream.of(reasoning(List.of("One", "Two"), List.of()), HELLO));
    }

    @Test
    void a_summary_keeps_its_place_before_the_reasoning_itself() {
        List<LlmEvent> events = CanonicalStream.of(HELLO, reasoning(List.of("Short"), List.of("Long")));

        assertThat(summarized(events)).isEqualTo(CanonicalStream.of(HELLO, reasoning(List.of("Short", "Long"), List.of())));
    }

    @Test
    void on_the_wire_there_is_nothing_that_one_kind_of_clients_does_not_know() {
        List<JsonObject> wire = Encoding.of(summarized(CanonicalStream.of(reasoning(List.of(), List.of("Hm")), HELLO)));

        assertThat(wire).noneMatch(event -> event.getString("type").contains("reasoning_text"))
                .noneMatch(event -> event.encode().contains("\"reasoning_text\""));
    }

    @Test
    void a_stream_without_reasoning_stays_as_it_is() {
        List<LlmEvent> events = CanonicalStream.of(HELLO);

        assertThat(summarized(events)).isEqualTo(events);
    }
}
