package io.quarkiverse.llm.gateway.runtime.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;

/** Clients that store nothing bring reasoning back in the field for encrypted content, or not at all. */
class CarriedReasoningTest {

    private static final LlmRequest ASKS_FOR_IT = LlmRequest.builder().user("Why?").include("reasoning.encrypted_content")
            .build();
    private static final Reasoning THOUGHT = Reasoning.of("Since naïve ☕").withId("rs_1");

    private static Reasoning answered(LlmRequest request, Reasoning thought) {
        Translation translation = Translations.of(request, Providers.CHAT);
        return (Reasoning) translation.restored(response(thought)).output().get(0);
    }

    private static LlmResponse response(Item item) {
        return LlmResponse.builder().id("resp_1").model("m").createdAt(Instant.EPOCH).item(item).build();
    }

    private static Reasoning replayed(Reasoning thought) {
        return (Reasoning) Translations.chat(Message.user("Why?"), thought, Message.assistant("So."), Message.user("Why?"))
                .get(1);
    }

    @Test
    void what_a_client_has_asked_for_comes_back_as_the_text_it_was() {
        Reasoning shown = answered(ASKS_FOR_IT, THOUGHT);
        Reasoning kept = new Reasoning(shown.id(), Optional.empty(), List.of(), List.of(), shown.encryptedContent());

        assertThat(replayed(kept).text()).isEqualTo("Since naïve ☕");
        assertThat(replayed(kept).encryptedContent()).isEmpty();
    }

    @Test
    void it_is_the_same_text_for_a_client_that_brings_back_the_summary_too() {
        Reasoning thought = new Reasoning(Optional.empty(), Optional.empty(), List.of("One", "Two"), List.of(),
                Optional.empty());
        Reasoning shown = answered(ASKS_FOR_IT, thought);

        assertThat(replayed(shown).text()).isEqualTo(replayed(thought).text());
    }

    @Test
    void a_client_that_does_not_ask_gets_none() {
        assertThat(answered(LlmRequest.of("Why?"), THOUGHT).encryptedContent()).isEmpty();
    }

    @Test
    void what_the_provider_has_encrypted_stays() {
        assertThat(answered(ASKS_FOR_IT, THOUGHT.withEncryptedContent("gAAA")).encryptedContent()).contains("gAAA");
    }

    @Test
    void nothing_is_carried_where_nothing_is_known() {
        Reasoning hidden = new Reasoning(Optional.of("rs_1"), Optional.empty(), List.of(), List.of(), Optional.empty());
        assertThat(answered(ASKS_FOR_IT, hidden)).isEqualTo(hidden);
    }

    @Test
    void one_that_was_cut_on_the_way_is_left_out_as_a_foreign_one_is() {
        Reasoning cut = new Reasoning(Optional.of("rs_1"), Optional.empty(), List.of(), List.of(),
                Optional.of("quarkus-llm:not base64"));
        assertThat(Translations.chat(Message.user("Why?"), cut, Message.user("Why?"))).hasSize(2);
    }

    @Test
    void the_events_of_a_stream_carry_what_its_end_does() {
        List<LlmEvent> events = new ArrayList<>();
        var stage = Translations.of(ASKS_FOR_IT, Providers.CHAT).restoring(events::add);
        stage.accept(new ItemComplete("rs_1", 0, THOUGHT));
        stage.accept(new ResponseCompleted(response(THOUGHT)));

        Item told = ((ItemComplete) events.get(0)).item();
        assertThat(((Reasoning) told).encryptedContent()).isPresent();
        assertThat(((ResponseCompleted) events.get(1)).response().output()).containsExactly(told);
    }
}
