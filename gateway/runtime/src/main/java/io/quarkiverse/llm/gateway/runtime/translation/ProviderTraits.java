package io.quarkiverse.llm.gateway.runtime.translation;

import static io.quarkiverse.llm.Capability.AUDIO_INPUT;
import static io.quarkiverse.llm.Capability.CHAT_COMPLETIONS_API;
import static io.quarkiverse.llm.Capability.FILE_INPUT;
import static io.quarkiverse.llm.Capability.IMAGE_INPUT;
import static io.quarkiverse.llm.Capability.RESPONSES_API;
import static io.quarkiverse.llm.Capability.STORED_RESPONSES;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.TextFormat;
import io.quarkiverse.llm.runtime.config.preset.WireApi;

/**
 * What of a request a provider can take.
 *
 * @param api the wire API that its requests go out in: Chat Completions where that is open, since what it carries every server
 *        takes
 * @param onlyFunctions whether all tools must be functions outside of any namespace
 * @param images whether its model sees images; {@code false} only where that is known
 * @param files whether it takes files
 * @param audio whether its model hears; {@code false} only where that is known
 * @param references whether it may know the items of earlier answers by their ids
 * @param stores whether it is known to keep answers, as OpenAI and Azure do: then it knows the fields that belong to that
 * @param lackedOptions the fields of sampling that it would refuse, by their wire names
 * @param overChat what holds for requests that need nothing but what Chat Completions has, where the provider sends
 *        such ones in it; empty where all go the same way
 */
public record ProviderTraits(WireApi api, boolean onlyFunctions, boolean images, boolean files, boolean audio,
        boolean references, boolean stores, Set<String> lackedOptions, Optional<ProviderTraits> overChat) {

    private static final Set<String> SAMPLING = Set.of("presence_penalty", "frequency_penalty", "seed", "stop");

    public ProviderTraits {
        Objects.requireNonNull(api, "api");
        lackedOptions = Set.copyOf(lackedOptions);
        Objects.requireNonNull(overChat, "overChat");
    }

    /** A provider of which nothing else is known. */
    public ProviderTraits(WireApi api, boolean onlyFunctions, boolean images, boolean files, boolean audio) {
        this(api, onlyFunctions, images, files, audio, api == WireApi.RESPONSES, false, Set.of(), Optional.empty());
    }

    /**
     * @param settings of a configured provider; empty for one that the application implements itself
     */
    public static ProviderTraits of(LlmProvider provider, Optional<ProviderSettings> settings) {
        LlmCapabilities known = provider.capabilities();
        WireApi pinned = settings.map(some -> some.wire().api()).orElse(WireApi.AUTO);
        ProviderTraits chat = of(WireApi.CHAT_COMPLETIONS, known, settings, Optional.empty());
        boolean open = pinned == WireApi.AUTO;
        if (pinned == WireApi.CHAT_COMPLETIONS || open && !known.supports(RESPONSES_API)) {
            return chat;
        }
        boolean rather = open && known.of(CHAT_COMPLETIONS_API).support() != Support.NO
                && settings.filter(some -> some.wire().usual() == WireApi.CHAT_COMPLETIONS).isPresent();
        return of(WireApi.RESPONSES, known, settings, Optional.of(chat).filter(other -> rather));
    }

    private static ProviderTraits of(WireApi api, LlmCapabilities known, Optional<ProviderSettings> settings,
            Optional<ProviderTraits> overChat) {
        boolean responses = api == WireApi.RESPONSES;
        boolean files = known.supports(FILE_INPUT) || responses && known.of(FILE_INPUT).support() != Support.NO;
        return new ProviderTraits(api, settings.filter(some -> some.quirks().is(Quirk.ONLY_FUNCTIONS)).isPresent(),
                known.of(IMAGE_INPUT).support() != Support.NO, files, known.of(AUDIO_INPUT).support() != Support.NO,
                responses && known.of(STORED_RESPONSES).support() != Support.NO, known.supports(STORED_RESPONSES),
                responses ? settings.map(ProviderTraits::lackedOptions).orElse(Set.of()) : Set.of(), overChat);
    }

    private static Set<String> lackedOptions(ProviderSettings settings) {
        Set<String> lacked = new TreeSet<>(SAMPLING);
        lacked.removeAll(settings.quirks().get(Quirk.SAMPLING_FIELDS));
        // such a server hands requests on to Chat Completions, where top_logprobs alone is an error
        if (settings.quirks().get(Quirk.TEXT_FORMAT) == TextFormat.RESPONSE_FORMAT
                && !settings.quirks().get(Quirk.SAMPLING_FIELDS).contains("top_logprobs")) {
            lacked.add("top_logprobs");
        }
        return lacked;
    }

    /** What holds for the way that this request will go. */
    ProviderTraits forRequest(LlmRequest request) {
        return overChat.isPresent() && !needsResponses(request) ? overChat.get() : this;
    }

    /**
     * Whether it has what would be lost in Chat Completions, and not here. Hosted tools would be lost either way: servers whose
     * usual way is Chat Completions have none, and agents offer them with each request.
     */
    private static boolean needsResponses(LlmRequest request) {
        return isKeptByServer(request) || request.background().orElse(false);
    }

    /** Whether the beginning of the conversation lies with the server. */
    static boolean isKeptByServer(LlmRequest request) {
        return request.previousResponseId().isPresent() || request.conversation().isPresent();
    }

    boolean isChat() {
        return api == WireApi.CHAT_COMPLETIONS;
    }

    /** Whether what it gets becomes messages of Chat Completions, here or, as with tools that must be functions, over there. */
    boolean isChatInside() {
        return isChat() || onlyFunctions;
    }
}
