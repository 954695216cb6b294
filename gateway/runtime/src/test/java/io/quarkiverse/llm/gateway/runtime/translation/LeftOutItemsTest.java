package io.quarkiverse.llm.gateway.runtime.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.LlmEvent.AnnotationAdded;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ItemStarted;
import io.quarkiverse.llm.LlmEvent.OfItem;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta;
import io.quarkiverse.llm.LlmEvent.RefusalDelta;
import io.quarkiverse.llm.LlmEvent.TextDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallArgumentsDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallComplete;
import io.quarkiverse.llm.LlmEvent.ToolCallStart;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.ToolCall;

class LeftOutItemsTest {

    private static List<OfItem> events(int place) {
        ToolCall call = ToolCall.function("c", "f", "{}");
        Message message = Message.assistant("Hi");
        Annotation annotation = new Annotation("url_citation", RawJson.of("{\"type\":\"url_citation\"}"));
        return List.of(new ItemStarted("i", place, message), new TextDelta("i", place, 1, "a", Optional.of(RawJson.of("[]"))),
                new ReasoningDelta("i", place, ReasoningDelta.Kind.TEXT, 1, "a"), new RefusalDelta("i", place, 1, "a"),
                new AnnotationAdded("i", place, 1, 2, annotation),
                new ToolCallStart("i", place, ToolCall.Kind.CUSTOM, Optional.of("n"), "f", "c"),
                new ToolCallArgumentsDelta("i", place, "c", "a"), new ToolCallComplete("i", place, call),
                new ItemComplete("i", place, message));
    }

    @Test
    void what_comes_behind_moves_up_and_stays_the_same_otherwise() {
        LeftOutItems leftOut = new LeftOutItems();
        leftOut.add(1);
        leftOut.add(3);
        assertThat(events(4).stream().map(leftOut::renumbered)).isEqualTo(events(2));
        assertThat(events(2).stream().map(leftOut::renumbered)).isEqualTo(events(1));
    }

    @Test
    void what_comes_before_stays_the_very_same() {
        LeftOutItems leftOut = new LeftOutItems();
        leftOut.add(1);
        events(0).forEach(event -> assertThat(leftOut.renumbered(event)).isSameAs(event));
    }
}
