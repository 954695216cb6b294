package io.quarkiverse.llm.gateway.runtime.translation;

import static io.quarkiverse.llm.gateway.runtime.translation.Providers.settings;
import static io.quarkiverse.llm.gateway.runtime.translation.Providers.traits;
import static io.quarkiverse.llm.gateway.runtime.translation.Providers.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.WireApi;

class ProviderTraitsTest {

    private static final LlmRequest HOSTED = LlmRequest.builder().user("Hello")
            .tool(new Tool.Opaque("web_search", RawJson.of("{\"type\":\"web_search\"}"))).build();

    private static ProviderTraits generic(Capability capability, Support support, WireApi api) {
        return traits(
                settings(Preset.GENERIC, api, with(Preset.GENERIC.capabilities(), capability, support), quirks -> quirks));
    }

    @ParameterizedTest
    @EnumSource(value = WireApi.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void a_configured_wire_API_is_the_one(WireApi api) {
        assertThat(traits(Preset.GENERIC, api).api()).isEqualTo(api);
        assertThat(traits(Preset.OPENAI, api).api()).isEqualTo(api);
    }

    @Test
    void where_it_is_open_only_a_known_Responses_API_counts() {
        assertThat(traits(Preset.GENERIC, WireApi.AUTO).api()).isEqualTo(WireApi.CHAT_COMPLETIONS);
        assertThat(traits(Preset.OPENAI, WireApi.AUTO).api()).isEqualTo(WireApi.RESPONSES);
        assertThat(generic(Capability.RESPONSES_API, Support.YES, WireApi.AUTO).api()).isEqualTo(WireApi.RESPONSES);
    }

    @Test
    void where_both_are_open_Chat_Completions_gets_what_it_can_carry() {
        ProviderTraits both = generic(Capability.RESPONSES_API, Support.YES, WireApi.AUTO);
        assertThat(both.forRequest(LlmRequest.of("Hello")).api()).isEqualTo(WireApi.CHAT_COMPLETIONS);
        // which agents offer with each request, whether there is somebody to run them or not
        assertThat(both.forRequest(HOSTED).api()).isEqualTo(WireApi.CHAT_COMPLETIONS);
        assertThat(both.forRequest(LlmRequest.builder().previousResponseId("resp_1").build()).api())
                .isEqualTo(WireApi.RESPONSES);
    }

    @Test
    void a_provider_whose_usual_way_is_the_Responses_API_gets_all_in_it() {
        ProviderTraits openAi = traits(Preset.OPENAI, WireApi.AUTO);
        assertThat(openAi.forRequest(LlmRequest.of("Hello"))).isSameAs(openAi);
    }

    @Test
    void hosted_tools_are_no_reason_for_a_Responses_API_that_takes_functions_alone() {
        assertThat(traits(Preset.LLAMA_CPP, WireApi.AUTO).forRequest(HOSTED).api()).isEqualTo(WireApi.CHAT_COMPLETIONS);
    }

    @Test
    void a_provider_that_nobody_configured_is_taken_for_one_of_Chat_Completions() {
        assertThat(ProviderTraits.of(Providers.provider(LlmCapabilities.UNKNOWN), Optional.empty()).isChat()).isTrue();
    }

    @Test
    void images_and_audio_are_taken_unless_it_is_known_otherwise() {
        assertThat(traits(Preset.GENERIC, WireApi.CHAT_COMPLETIONS).images()).isTrue();
        assertThat(traits(Preset.GENERIC, WireApi.CHAT_COMPLETIONS).audio()).isTrue();
        assertThat(generic(Capability.IMAGE_INPUT, Support.NO, WireApi.CHAT_COMPLETIONS).images()).isFalse();
        assertThat(generic(Capability.AUDIO_INPUT, Support.NO, WireApi.CHAT_COMPLETIONS).audio()).isFalse();
    }

    @Test
    void files_are_taken_in_Chat_Completions_only_where_that_is_known() {
        assertThat(traits(Preset.GENERIC, WireApi.CHAT_COMPLETIONS).files()).isFalse();
        assertThat(traits(Preset.GENERIC, WireApi.RESPONSES).files()).isTrue();
        assertThat(generic(Capability.FILE_INPUT, Support.YES, WireApi.CHAT_COMPLETIONS).files()).isTrue();
        assertThat(generic(Capability.FILE_INPUT, Support.NO, WireApi.RESPONSES).files()).isFalse();
    }

    @Test
    void only_functions_is_a_quirk_of_the_server() {
        assertThat(traits(Preset.LLAMA_CPP, WireApi.RESPONSES).onlyFunctions()).isTrue();
        assertThat(traits(Preset.OPENAI, WireApi.RESPONSES).onlyFunctions()).isFalse();
    }
}
