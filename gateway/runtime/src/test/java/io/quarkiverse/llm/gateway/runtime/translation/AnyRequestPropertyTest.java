package io.quarkiverse.llm.gateway.runtime.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a client sends, the provider takes what becomes of it. */
class AnyRequestPropertyTest {

    @Provide
    Arbitrary<List<Item>> items() {
        return Conversations.items();
    }

    @Provide
    Arbitrary<List<Tool>> tools() {
        return Conversations.tools();
    }

    @Provide
    Arbitrary<Optional<ToolChoice>> choices() {
        return Conversations.choice().optional(0.4);
    }

    @Provide
    Arbitrary<LlmRequest> options() {
        return Conversations.options();
    }

    @Provide
    Arbitrary<Preset> chatPresets() {
        return Arbitraries.of(Preset.values()).filter(preset -> preset != Preset.OPENAI && preset != Preset.AZURE);
    }

    @Property(tries = 3000)
    void a_strict_server_of_Chat_Completions_takes_every_translation(@ForAll("items") List<Item> items,
            @ForAll("tools") List<Tool> tools, @ForAll("choices") Optional<ToolChoice> choice,
            @ForAll("options") LlmRequest options, @ForAll("chatPresets") Preset preset, @ForAll DegradeMode mode) {
        ProviderSettings settings = Providers.settings(preset, WireApi.CHAT_COMPLETIONS);
        translated(items, tools, choice, options, settings, mode).ifPresent(request -> {
            ChatCodec codec = new ChatCodec(settings);
            assertThat(codec.unsupported(request)).isEmpty();
            if (!items.isEmpty()) {
                byte[] body = codec.encode(request, true);
                assertThat(StrictChat.refusal(body)).as(() -> new String(body)).isEmpty();
            }
        });
    }

    @Example
    void the_same_server_refuses_what_was_not_translated() {
        List<Item> output = List.of(ToolOutput.of("a", "x"));
        List<Item> call = List.of(ToolCall.function("a", "f", "{}"), Message.user("Go on."));
        List<Item> arguments = List.of(ToolCall.function("a", "f", "no json"), ToolOutput.of("a", "x"));
        for (List<Item> items : List.of(output, call, arguments)) {
            byte[] body = new ChatCodec(Providers.settings(Preset.GENERIC, WireApi.CHAT_COMPLETIONS))
                    .encode(LlmRequest.builder().items(items).build(), true);
            assertThat(StrictChat.refusal(body)).as(() -> new String(body)).isPresent();
        }
    }

    @Property(tries = 1000)
    void a_server_of_the_Responses_API_takes_every_translation(@ForAll("items") List<Item> items,
            @ForAll("tools") List<Tool> tools, @ForAll("choices") Optional<ToolChoice> choice,
            @ForAll("options") LlmRequest options, @ForAll Preset preset, @ForAll DegradeMode mode) {
        ProviderSettings settings = Providers.settings(preset, WireApi.RESPONSES);
        translated(items, tools, choice, options, settings, mode)
                .ifPresent(request -> assertThat(new ResponsesCodec(settings).unsupported(request)).isEmpty());
    }

    @Property(tries = 500)
    void the_same_request_gives_the_same_translation(@ForAll("items") List<Item> items, @ForAll("tools") List<Tool> tools,
            @ForAll("options") LlmRequest options) {
        ProviderSettings settings = Providers.settings(Preset.GENERIC, WireApi.CHAT_COMPLETIONS);
        Optional<ToolChoice> none = Optional.empty();
        assertThat(translated(items, tools, none, options, settings, DegradeMode.PLACEHOLDER))
                .isEqualTo(translated(items, tools, none, options, settings, DegradeMode.PLACEHOLDER));
    }

    /** Empty for what may be refused: a choice of tools that cannot be, and outputs without anything else. */
    private static Optional<LlmRequest> translated(List<Item> items, List<Tool> tools, Optional<ToolChoice> choice,
            LlmRequest options, ProviderSettings settings, DegradeMode mode) {
        LlmRequest request = options.toBuilder().input(items).tools(tools).toolChoice(choice.orElse(null)).build();
        try {
            return Optional.of(Translations.of(request, Providers.traits(settings), mode).request());
        } catch (InvalidRequestException e) {
            assertThat(e.param()).hasValueSatisfying(param -> {
                if (param.equals("input")) {
                    assertThat(items).isNotEmpty().allMatch(ToolOutput.class::isInstance);
                } else {
                    assertThat(param).isEqualTo("tool_choice");
                    assertThat(choice).isPresent();
                }
            });
            return Optional.empty();
        }
    }
}
