package io.quarkiverse.llm.gateway.runtime.translation;

import static io.quarkiverse.llm.gateway.runtime.translation.Translations.chat;
import static io.quarkiverse.llm.gateway.runtime.translation.Translations.notes;
import static io.quarkiverse.llm.gateway.runtime.translation.Translations.responses;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/** What becomes of parts of messages that the provider cannot take. */
class DegradedContentTest {

    private static final Content IMAGE = Content.image("https://host/a.png");
    private static final Content PDF = Content.file("a.pdf", "application/pdf", new byte[] { 1, -1 });
    private static final Content AUDIO = Content.audio("wav", new byte[] { 1 });
    private static final Content VIDEO = new Content.Opaque("input_video", RawJson.of("{\"type\":\"input_video\"}"));
    private static final ProviderTraits BLIND = new ProviderTraits(WireApi.CHAT_COMPLETIONS, false, false, false, false);
    private static final ProviderTraits READER = new ProviderTraits(WireApi.CHAT_COMPLETIONS, false, true, true, true);

    private static List<Content> of(ProviderTraits traits, Content... content) {
        LlmRequest request = LlmRequest.builder().user(content).build();
        return ((Message) Translations.of(request, traits).request().input().get(0)).content();
    }

    private static List<Content> text(String text) {
        return List.of(Content.text(text));
    }

    @Test
    void an_image_stays_where_it_may_be_seen() {
        assertThat(of(Providers.CHAT, IMAGE)).containsExactly(IMAGE);
    }

    @Test
    void an_image_for_a_model_without_eyes_becomes_a_short_text() {
        assertThat(of(BLIND, Content.text("Look:"), IMAGE)).containsExactly(Content.text("Look:"),
                Content.text("[An image stood here, which cannot be shown to you.]"));
    }

    @Test
    void an_image_by_its_file_id_becomes_a_short_text_in_Chat_Completions() {
        Content byId = new Content.Image(Optional.empty(), Optional.of("file_1"), Optional.empty());
        assertThat(of(Providers.CHAT, byId)).isEqualTo(text("[An image stood here, which cannot be shown to you.]"));
        assertThat(of(Providers.RESPONSES, byId)).containsExactly(byId);
    }

    @Test
    void what_cannot_be_taken_is_left_out_where_that_is_wished() {
        LlmRequest request = LlmRequest.builder().user(Content.text("Look:"), IMAGE).build();
        Translation translation = Translations.of(request, BLIND, DegradeMode.SKIP);
        assertThat(translation.request().input()).containsExactly(Message.user("Look:"));
        assertThat(notes(translation))
                .containsExactly("input[0].content[1]: An image cannot be taken by the provider and was left out");
    }

    @Test
    void an_image_of_the_assistant_becomes_a_short_text() {
        Message drawn = Message.of(Role.ASSISTANT, List.of(Content.text("Here:"), IMAGE));
        Message told = Message.of(Role.ASSISTANT, List.of(Content.text("Here:"),
                Content.text("[An image stood here, which cannot be shown to you.]")));
        assertThat(chat(drawn)).containsExactly(told);
        assertThat(responses(drawn)).containsExactly(told);
    }

    @Test
    void audio_stays_in_Chat_Completions_alone() {
        assertThat(of(Providers.CHAT, AUDIO)).containsExactly(AUDIO);
        assertThat(of(BLIND, AUDIO)).isEqualTo(text("[Audio stood here, which cannot be shown to you.]"));
        assertThat(of(Providers.RESPONSES, AUDIO)).isEqualTo(text("[Audio stood here, which cannot be shown to you.]"));
    }

    @Test
    void a_file_that_is_text_is_told_whole_with_its_name() {
        Content file = Content.file("notes.txt", "text/plain", "a\nb".getBytes(StandardCharsets.UTF_8));
        List<Content> told = text("[File notes.txt]\na\nb\n[End of file notes.txt]");
        assertThat(of(Providers.CHAT, file)).isEqualTo(told);
        assertThat(of(READER, file)).isEqualTo(told);
        assertThat(of(Providers.RESPONSES, file)).containsExactly(file);
    }

    @Test
    void a_binary_file_stays_where_files_are_taken_and_is_named_elsewhere() {
        assertThat(of(READER, PDF)).containsExactly(PDF);
        assertThat(of(Providers.CHAT, PDF)).isEqualTo(text("[The file a.pdf stood here, which cannot be shown to you.]"));
    }

    @Test
    void a_file_that_is_not_here_is_named() {
        Content byUrl = new Content.File(Optional.empty(), Optional.empty(), Optional.of("https://host/a.txt"),
                Optional.empty());
        Content byId = new Content.File(Optional.of("file_1"), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(of(READER, byUrl))
                .isEqualTo(text("[The file https://host/a.txt stood here, which cannot be shown to you.]"));
        assertThat(of(Providers.CHAT, byId)).isEqualTo(text("[The file file_1 stood here, which cannot be shown to you.]"));
        assertThat(of(READER, byId)).containsExactly(byId);
    }

    @Test
    void a_part_of_an_unknown_type_becomes_a_short_text_across_wire_APIs() {
        assertThat(of(Providers.CHAT, VIDEO))
                .isEqualTo(text("[A part of type input_video stood here, which cannot be shown to you.]"));
        assertThat(of(Providers.RESPONSES, VIDEO)).containsExactly(VIDEO);
    }

    @Test
    void a_part_of_an_unknown_type_stays_within_a_wire_API() {
        LlmRequest request = LlmRequest.builder().user(VIDEO).build();
        ReceivedRequest received = new ReceivedRequest(request, true, false, Map.of(), Map.of(), List.of());
        assertThat(Translation.of(received, WireApi.CHAT_COMPLETIONS, Providers.CHAT, DegradeMode.PLACEHOLDER, Set.of(),
                Translations.SEAL).request().input()).isEqualTo(request.input());
    }

    @Test
    void a_part_of_an_output_is_replaced_too() {
        List<Item> items = chat(ToolCall.function("c1", "f", "{}"), ToolOutput.of("c1", List.of(VIDEO)));
        assertThat(((ToolOutput) items.get(1)).text()).startsWith("[A part of type input_video");
    }

    @Test
    void instructions_hold_text_alone_in_Chat_Completions() {
        Message message = Message.of(Role.DEVELOPER, List.of(IMAGE));
        assertThat(((Message) chat(message).get(0)).text()).startsWith("[An image stood here");
    }

    @Test
    void a_name_is_told_in_a_few_words() {
        Content file = new Content.File(Optional.empty(), Optional.empty(), Optional.of("https://host/" + "x".repeat(9000)),
                Optional.empty());
        assertThat(((Content.Text) of(Providers.CHAT, file).get(0)).text()).hasSizeLessThan(300);
    }
}
