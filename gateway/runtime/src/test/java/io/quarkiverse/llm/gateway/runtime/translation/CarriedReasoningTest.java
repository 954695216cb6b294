package io.quarkiverse.llm.gateway.runtime.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.gateway.runtime.seal.Purpose;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.gateway.runtime.seal.Sealing;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

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
    void the_client_cannot_read_it() {
        String content = answered(ASKS_FOR_IT, THOUGHT).encryptedContent().orElseThrow();
        assertThat(Translations.SEAL.open(Purpose.REASONING, content)).contains("Since naïve ☕");
        assertThat(new String(Base64.getUrlDecoder().decode(content.substring(content.lastIndexOf(':') + 1)),
                StandardCharsets.UTF_8)).doesNotContain("Since");
    }

    @Test
    void a_small_body_cannot_stand_for_more_than_the_server_can_hold() {
        String sealed = Translations.SEAL.seal(Purpose.REASONING, "a".repeat(12 << 20));
        Reasoning large = new Reasoning(Optional.of("rs_1"), Optional.empty(), List.of(), List.of(), Optional.of(sealed));
        List<Item> input = new ArrayList<>(Collections.nCopies(3, large));
        input.add(Message.user("Why?"));
        LlmRequest request = LlmRequest.builder().items(input).build();

        for (ProviderTraits traits : List.of(Providers.CHAT, Providers.RESPONSES)) {
            assertThatThrownBy(() -> Translations.of(request, traits)).isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("encrypted_content stands for more than");
        }
    }

    /** That of another client or another gateway, one that was changed, and one of the time when nothing was encrypted. */
    private static Stream<String> notToBeOpened() {
        Seal other = new Seal(Translations.SEAL.sealing(), "somebody else");
        return Stream.of(other.seal(Purpose.REASONING, "Since"),
                new Seal(Sealing.of(List.of()), Translations.SEAL.owner()).seal(Purpose.REASONING, "Since"),
                Translations.SEAL.seal(Purpose.COMPACTION, "Since"),
                Translations.SEAL.seal(Purpose.REASONING, "Since").replaceFirst("..$", ""),
                "quarkus-llm:not base64", "quarkus-llm:U2luY2U=");
    }

    @ParameterizedTest
    @MethodSource("notToBeOpened")
    void what_cannot_be_opened_goes_to_no_provider(String content) {
        Reasoning closed = new Reasoning(Optional.of("rs_1"), Optional.empty(), List.of(), List.of(), Optional.of(content));
        LlmRequest request = LlmRequest.builder().items(List.of(Message.user("Why?"), closed, Message.user("Why?"))).build();

        for (ProviderTraits traits : List.of(Providers.CHAT, Providers.RESPONSES)) {
            Translation translation = Translations.of(request, traits);
            assertThat(translation.request().input()).containsExactly(Message.user("Why?"), Message.user("Why?"));
            assertThat(Translations.notes(translation)).singleElement().asString().contains(
                    "Encrypted reasoning was left out: it was given by a gateway with other"
                            + " quarkus.llm-gateway.encryption-keys or to somebody else, or was changed");
        }
    }

    @ParameterizedTest
    @MethodSource("notToBeOpened")
    void what_is_in_clear_beside_it_stays(String content) {
        Reasoning closed = new Reasoning(Optional.of("rs_1"), Optional.empty(), List.of("In short"), List.of(),
                Optional.of(content));
        Reasoning clear = new Reasoning(Optional.of("rs_1"), Optional.empty(), List.of("In short"), List.of(),
                Optional.empty());

        assertThat(replayed(closed)).isEqualTo(clear);
        assertThat(Translations.responses(Message.user("Why?"), closed, Message.user("Why?")).get(1)).isEqualTo(clear);
    }

    @Test
    void what_another_server_has_encrypted_goes_back_to_it() {
        Reasoning foreign = new Reasoning(Optional.of("rs_1"), Optional.empty(), List.of(), List.of(), Optional.of("gAAA"));
        assertThat(Translations.responses(Message.user("Why?"), foreign, Message.user("Why?")).get(1)).isSameAs(foreign);
    }

    /** Each answer seals anew, yet what the provider reads of a conversation must stay as it was. */
    @Test
    void the_provider_reads_the_same_however_often_it_was_sealed() {
        Reasoning once = answered(ASKS_FOR_IT, THOUGHT);
        Reasoning again = answered(ASKS_FOR_IT, THOUGHT);

        assertThat(once.encryptedContent()).isNotEqualTo(again.encryptedContent());
        assertThat(replayed(once)).isEqualTo(replayed(again));
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
