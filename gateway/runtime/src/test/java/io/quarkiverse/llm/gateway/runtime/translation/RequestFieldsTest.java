package io.quarkiverse.llm.gateway.runtime.translation;

import static io.quarkiverse.llm.gateway.runtime.translation.Translations.notes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/** What a provider is told besides tools and conversation. */
class RequestFieldsTest {

    private static LlmRequest.Builder platform() {
        return LlmRequest.builder().user("Hello").store(false).metadata("a", "b").promptCacheKey("key")
                .safetyIdentifier("user").serviceTier("auto");
    }

    private static Translation translated(LlmRequest request, WireApi client, ProviderTraits traits) {
        return Translation.of(Translations.received(request), client, traits, DegradeMode.PLACEHOLDER, Set.of(),
                Translations.SEAL);
    }

    @Test
    void what_every_server_knows_goes_to_all() {
        LlmRequest request = LlmRequest.builder().user("Hello").model("m").instructions("Be brief.").temperature(0.5)
                .maxOutputTokens(9L).reasoningEffort("low").verbosity("low").outputFormat(OutputFormat.JSON)
                .extraHeader("X-A", "b").extraBody("top_k", RawJson.of("3")).apiKey(Secret.of("k"))
                .timeout(Duration.ofSeconds(1)).seed(1L).stop("x").build();
        assertThat(Translations.of(request, Providers.CHAT).request()).isEqualTo(request);
        assertThat(Translations.of(request, Providers.RESPONSES).request()).isEqualTo(request);
    }

    @Test
    void what_only_the_Responses_API_means_is_kept_from_Chat_Completions_without_a_word() {
        LlmRequest request = LlmRequest.builder().user("Hello").include("reasoning.encrypted_content").truncation("auto")
                .background(false).reasoningSummary("auto").maxToolCalls(3).build();
        Translation translation = Translations.of(request, Providers.CHAT);
        assertThat(translation.request()).isEqualTo(LlmRequest.of("Hello"));
        assertThat(translation.degradations()).isEmpty();
        assertThat(Translations.of(request, Providers.RESPONSES).request()).isEqualTo(request);
    }

    @Test
    void what_only_a_server_that_keeps_responses_can_do_is_refused_where_there_is_none() {
        LlmRequest request = LlmRequest.builder().user("Hello").previousResponseId("resp_1").background(true).build();
        assertThatThrownBy(() -> Translations.of(request, Providers.CHAT)).isInstanceOfSatisfying(
                InvalidRequestException.class, refused -> assertThat(refused.param()).contains("previous_response_id"));
        assertThat(Translations.of(request, Providers.RESPONSES).request()).isEqualTo(request);
    }

    @Test
    void log_probabilities_that_are_to_be_included_are_asked_for() {
        LlmRequest request = LlmRequest.builder().user("Hello").include("message.output_text.logprobs").build();
        assertThat(Translations.of(request, Providers.CHAT).request().options().topLogprobs()).contains(0);
    }

    @Test
    void fields_of_the_platform_of_OpenAI_are_kept_from_other_servers_of_Chat_Completions() {
        assertThat(Translations.of(platform().build(), Providers.CHAT).request()).isEqualTo(LlmRequest.of("Hello"));
    }

    @Test
    void fields_of_the_platform_of_OpenAI_go_to_it() {
        LlmRequest request = platform().build();
        for (Preset preset : List.of(Preset.OPENAI, Preset.AZURE)) {
            assertThat(Translations.of(request, Providers.traits(preset, WireApi.CHAT_COMPLETIONS)).request())
                    .isEqualTo(request);
        }
        assertThat(Translations.of(request, Providers.RESPONSES).request()).isEqualTo(request);
    }

    @Test
    void fields_of_the_platform_of_OpenAI_go_on_from_a_client_of_Chat_Completions_who_means_them() {
        LlmRequest request = platform().build();
        assertThat(translated(request, WireApi.CHAT_COMPLETIONS, Providers.CHAT).request()).isEqualTo(request);
    }

    @Test
    void a_service_tier_that_is_demanded_goes_on() {
        LlmRequest request = LlmRequest.builder().user("Hello").serviceTier("flex").build();
        assertThat(Translations.of(request, Providers.CHAT).request().serviceTier()).contains("flex");
    }

    @Test
    void sampling_that_the_Responses_API_of_the_provider_lacks_is_left_out_with_a_note() {
        LlmRequest request = LlmRequest.builder().user("Hello").seed(1L).stop("x").presencePenalty(0.5).frequencyPenalty(0.5)
                .build();
        ProviderTraits openAi = Providers.traits(Preset.OPENAI, WireApi.RESPONSES);
        Translation translation = translated(request, WireApi.CHAT_COMPLETIONS, openAi);
        assertThat(translation.request()).isEqualTo(LlmRequest.of("Hello"));
        assertThat(translation.degradations()).extracting(Degradation::place).containsExactlyInAnyOrder("seed", "stop",
                "presence_penalty", "frequency_penalty");
        ProviderTraits vllm = Providers.traits(Preset.VLLM, WireApi.RESPONSES);
        assertThat(translated(request, WireApi.CHAT_COMPLETIONS, vllm).request().options().seed()).contains(1L);
    }

    private static ReceivedRequest received() {
        return new ReceivedRequest(LlmRequest.of("Hello"), true, false,
                Map.of("logit_bias", RawJson.of("{\"1\":2}"), "stream_options", RawJson.of("{}")),
                Map.of("top_k", RawJson.of("3"), "client_metadata", RawJson.of("{}")), List.of(new Degradation("x", "before")));
    }

    @Test
    void fields_of_the_wire_API_go_to_a_provider_of_the_same_one() {
        assertThat(Translation.of(received(), WireApi.CHAT_COMPLETIONS, Providers.CHAT, DegradeMode.PLACEHOLDER, Set.of(),
                Translations.SEAL).request().extraBody()).containsExactly(Map.entry("logit_bias", RawJson.of("{\"1\":2}")));
        assertThat(Translation.of(received(), WireApi.CHAT_COMPLETIONS, Providers.RESPONSES, DegradeMode.PLACEHOLDER, Set.of(),
                Translations.SEAL).request().extraBody()).isEmpty();
    }

    @Test
    void unknown_fields_go_on_where_that_is_wished_and_are_ignored_with_a_note_else() {
        Translation translation = Translation.of(received(), WireApi.RESPONSES, Providers.CHAT, DegradeMode.PLACEHOLDER,
                Set.of("top_k"), Translations.SEAL);
        assertThat(translation.request().extraBody()).containsExactly(Map.entry("top_k", RawJson.of("3")));
        assertThat(notes(translation)).contains("x: before",
                "client_metadata: The field client_metadata is unknown and was ignored");
    }

    private static Translation withField(String name, String value, WireApi client, ProviderTraits traits) {
        ReceivedRequest received = new ReceivedRequest(LlmRequest.of("Hello"), true, false, Map.of(name, RawJson.of(value)),
                Map.of(), List.of());
        return Translation.of(received, client, traits, DegradeMode.PLACEHOLDER, Set.of(), Translations.SEAL);
    }

    @Test
    void what_only_a_WebSocket_has_goes_to_nobody() {
        for (ProviderTraits traits : List.of(Providers.CHAT, Providers.RESPONSES)) {
            Translation lane = withField("stream_id", "\"a\"", WireApi.RESPONSES, traits);
            assertThat(lane.request().extraBody()).isEmpty();
            assertThat(lane.degradations()).isEmpty();
            Translation generated = withField("generate", "true", WireApi.RESPONSES, traits);
            assertThat(generated.request().extraBody()).isEmpty();
            assertThat(generated.degradations()).isEmpty();
            Translation unanswered = withField("generate", "false", WireApi.RESPONSES, traits);
            assertThat(unanswered.request().extraBody()).isEmpty();
            assertThat(notes(unanswered))
                    .containsExactly("generate: The field generate was ignored: requests over HTTP are answered");
        }
    }

    @Test
    void over_HTTP_there_must_be_something_to_answer() {
        ReceivedRequest received = new ReceivedRequest(LlmRequest.builder().build(), true, false,
                Map.of("generate", RawJson.of("false")), Map.of(), List.of());
        assertThatThrownBy(() -> Translation.of(received, WireApi.RESPONSES, Providers.RESPONSES, DegradeMode.PLACEHOLDER,
                Set.of(), Translations.SEAL)).isInstanceOfSatisfying(InvalidRequestException.class,
                        refused -> assertThat(refused.param()).contains("input"));
    }

    @Test
    void a_template_of_a_prompt_is_refused_where_there_is_none() {
        assertThatThrownBy(() -> withField("prompt", "{\"id\":\"pmpt_1\"}", WireApi.RESPONSES, Providers.CHAT))
                .isInstanceOfSatisfying(InvalidRequestException.class, refused -> {
                    assertThat(refused.param()).contains("prompt");
                    assertThat(refused.code()).isEqualTo("unsupported_value");
                }).hasMessage("\"prompt\" is not supported: this model is reached over Chat Completions, which has no templates"
                        + " of prompts. Send what the template says as instructions and input");
        assertThat(withField("prompt", "{\"id\":\"pmpt_1\"}", WireApi.RESPONSES, Providers.RESPONSES).request().extraBody())
                .containsOnlyKeys("prompt");
    }

    @Test
    void that_the_answer_is_text_goes_without_saying() {
        Translation translation = withField("modalities", "[\"text\"]", WireApi.CHAT_COMPLETIONS, Providers.RESPONSES);
        assertThat(translation.request().extraBody()).isEmpty();
        assertThat(translation.degradations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "moderation", "access_programs" })
    void what_shall_watch_over_the_answer_is_not_left_out_silently(String field) {
        Translation translation = withField(field, "{}", WireApi.RESPONSES, Providers.CHAT);
        assertThat(translation.request().extraBody()).isEmpty();
        assertThat(notes(translation)).containsExactly(
                field + ": The field " + field + " was ignored: the wire API of the provider does not have it");
    }
}
