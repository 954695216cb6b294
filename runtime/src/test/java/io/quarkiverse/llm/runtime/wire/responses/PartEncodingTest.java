package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ItemStarted;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta;
import io.quarkiverse.llm.LlmEvent.RefusalDelta;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmEvent.TextDelta;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.vertx.core.json.JsonObject;

/** Parts that do not come one after the other and whole: on the wire they still do, and all that tells of them agrees. */
class PartEncodingTest {

    private static Message message(Content... content) {
        return Message.of(Role.ASSISTANT, List.of(content)).withId("msg_1").withStatus(ItemStatus.COMPLETED);
    }

    private static LlmEvent text(int part, String delta) {
        return new TextDelta("msg_1", 0, part, delta, Optional.empty());
    }

    private static LlmEvent reasoning(ReasoningDelta.Kind kind, int part, String delta) {
        return new ReasoningDelta("msg_1", 0, kind, part, delta);
    }

    /** A legal stream of a careful server, in which these events come before the item is complete. */
    private static List<JsonObject> encoded(Item item, LlmEvent... deltas) {
        LlmResponse response = CanonicalStream.response(List.of(item));
        List<LlmEvent> events = new ArrayList<>();
        events.add(new ResponseStarted(response.id(), response.model(), response.createdAt()));
        events.add(new ItemStarted("msg_1", 0, OutputItemWriter.empty(item)));
        events.addAll(List.of(deltas));
        events.add(new ItemComplete("msg_1", 0, item));
        events.add(new ResponseCompleted(response));
        return Encoding.of(events);
    }

    private static List<String> texts(List<JsonObject> events) {
        return Encoding.ofType(events, "output_text.done").stream().map(event -> event.getString("text")).toList();
    }

    private static JsonObject item(List<JsonObject> events) {
        return Encoding.ofType(events, "output_item.done").get(0).getJsonObject("item");
    }

    @Test
    void aPartThatGoesOnAfterTheNextOneHasBegunGoesOnInAPartOfItsOwn() {
        List<JsonObject> events = encoded(message(Content.text("aa2"), Content.text("B")), text(0, "a"), text(1, "B"),
                text(0, "a2"));

        assertThat(texts(events)).containsExactly("a", "B", "a2");
    }

    @Test
    void aPartThatGoesOnLateDoesNotRepeatTheOnesBehindIt() {
        List<JsonObject> events = encoded(message(Content.text("aa2"), Content.text("Bb2"), Content.text("")), text(0, "a"),
                text(1, "B"), text(0, "a2"), text(1, "b2"));

        assertThat(texts(events)).containsExactly("a", "B", "a2", "b2", "");
    }

    @Test
    void anEmptyPartInFrontOfTheFirstDeltaHasItsPlace() {
        List<JsonObject> events = encoded(message(Content.text(""), Content.text("B")), text(1, "B"));

        assertThat(texts(events)).containsExactly("", "B");
        assertThat(Encoding.ofType(events, "output_text.delta").get(0).getInteger("content_index")).isOne();
    }

    @Test
    void aPartOfAnotherTypeInFrontOfTheFirstDeltaIsNotLost() {
        RawJson audio = RawJson.of("{\"type\":\"output_audio\",\"data\":\"AAA=\"}");

        List<JsonObject> events = encodedLeniently(message(new Content.Opaque("output_audio", audio), Content.text("B")),
                text(1, "B"));

        assertThat(item(events).getJsonArray("content")).hasSize(3).contains(audio.toJsonObject());
        assertThat(Encoding.ofType(events, "content_part.added")).extracting(event -> event.getInteger("content_index"))
                .containsExactly(0, 1, 2);
    }

    /** The grammar knows no parts but those of OpenAI. */
    private static List<JsonObject> encodedLeniently(Item item, LlmEvent... deltas) {
        Encoding encoding = new Encoding(Encoding.REQUEST);
        LlmResponse response = CanonicalStream.response(List.of(item));
        encoding.encoder.accept(new ResponseStarted(response.id(), response.model(), response.createdAt()));
        encoding.encoder.accept(new ItemStarted("msg_1", 0, OutputItemWriter.empty(item)));
        List.of(deltas).forEach(encoding.encoder);
        encoding.encoder.accept(new ItemComplete("msg_1", 0, item));
        return encoding.events;
    }

    @Test
    void textAndRefusalThatTakeTurnsAreEachTold() {
        List<JsonObject> events = encoded(message(Content.text("We"), new Content.Refusal("No")), text(0, "W"),
                new RefusalDelta("msg_1", 0, 1, "N"), text(0, "e"), new RefusalDelta("msg_1", 0, 1, "o"));

        assertThat(texts(events)).containsExactly("W", "e");
        assertThat(Encoding.ofType(events, "refusal.done")).extracting(event -> event.getString("refusal"))
                .containsExactly("N", "o");
    }

    @Test
    void reasoningAndItsSummaryThatTakeTurnsAreEachTold() {
        Reasoning reasoning = new Reasoning(Optional.of("msg_1"), Optional.empty(), List.of("", "One"), List.of("Hm, so"),
                Optional.empty());

        List<JsonObject> events = encoded(reasoning, reasoning(ReasoningDelta.Kind.TEXT, 0, "Hm"),
                reasoning(ReasoningDelta.Kind.SUMMARY, 1, "One"), reasoning(ReasoningDelta.Kind.TEXT, 0, ", so"));

        assertThat(Encoding.ofType(events, "reasoning_text.done")).extracting(event -> event.getString("text"))
                .containsExactly("Hm", ", so");
        assertThat(Encoding.ofType(events, "reasoning_summary_text.done")).extracting(event -> event.getString("text"))
                .containsExactly("", "One");
    }

    @Test
    void aMessageThatContradictsItsDeltasIsToldAsTheDeltasWere() {
        List<JsonObject> events = encoded(message(Content.text("xyz")), text(0, "abc"));

        assertThat(texts(events)).containsExactly("abc");
        assertThat(item(events).getJsonArray("content").getJsonObject(0).getString("text")).isEqualTo("abc");
        JsonObject response = events.get(events.size() - 1).getJsonObject("response");
        assertThat(response.getJsonArray("output").getJsonObject(0)).isEqualTo(item(events));
    }

    @Test
    void whatOnlyTheMessageSaysOfItsOpenPartIsToldBeforeThatEnds() {
        RawJson logprobs = RawJson.of("[{\"token\":\"Hello\",\"logprob\":-0.10}]");
        Annotation citation = new Annotation("url_citation",
                RawJson.of("{\"type\":\"url_citation\",\"url\":\"https://a.example\"}"));

        List<JsonObject> events = encoded(message(new Content.Text("Hello", List.of(citation), Optional.of(logprobs))),
                text(0, "Hel"));

        assertThat(texts(events)).containsExactly("Hello");
        JsonObject part = item(events).getJsonArray("content").getJsonObject(0);
        assertThat(part.getJsonArray("logprobs")).isEqualTo(logprobs.toJsonArray());
        assertThat(part.getJsonArray("annotations")).containsExactly(citation.json().toJsonObject());
    }
}
