package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/**
 * What a request says besides its tools and its conversation, as far as the provider can be told.
 * <p>
 * Chat Completions gets no {@code include}, no {@code truncation}, no {@code background=false}, no summary of the reasoning and
 * no limit of hosted calls: without a word, since clients of the Responses API send them by habit. {@code store},
 * {@code metadata}, {@code prompt_cache_key}, {@code safety_identifier} and a {@code service_tier} that demands nothing
 * ({@code auto}, {@code default}) belong to OpenAI's platform, and other servers may refuse what they do not know: they are
 * sent in Chat Completions only when the client itself speaks it, and so means them, or when the provider is known to keep
 * answers, as OpenAI and Azure do. {@code previous_response_id}, {@code conversation} and {@code background=true} stay: what
 * cannot honour them must refuse them. A provider of the Responses API is sent everything but the options of sampling that it
 * is known to refuse.
 */
final class RequestFields {

    private static final String LOGPROBS = "message.output_text.logprobs";
    private static final Set<String> ANY_TIER = Set.of("auto", "default");

    private RequestFields() {
    }

    /** Without input, tools, choice of a tool and extra body. */
    static LlmRequest.Builder of(ReceivedRequest received, WireApi client, ProviderTraits target, Notes notes) {
        LlmRequest asked = received.request();
        LlmRequest.Builder request = LlmRequest.builder().model(asked.model().orElse(null))
                .instructions(asked.instructions().orElse(null)).outputFormat(asked.outputFormat().orElse(null))
                .previousResponseId(asked.previousResponseId().orElse(null)).conversation(asked.conversation().orElse(null))
                .orderingKey(asked.orderingKey().orElse(null))
                .apiKey(asked.apiKey().orElse(null)).timeout(asked.timeout().orElse(null));
        asked.extraHeaders().forEach(request::extraHeader);
        asked.extraBody().forEach(request::extraBody);
        boolean platform = !target.isChat() || client == WireApi.CHAT_COMPLETIONS || target.stores();
        if (platform) {
            asked.metadata().forEach(request::metadata);
            request.store(asked.store().orElse(null)).promptCacheKey(asked.promptCacheKey().orElse(null))
                    .safetyIdentifier(asked.safetyIdentifier().orElse(null));
        }
        request.serviceTier(asked.serviceTier().filter(tier -> platform || !ANY_TIER.contains(tier)).orElse(null));
        return target.isChat() ? chat(asked, request) : responses(asked, request, target.lackedOptions(), notes);
    }

    private static LlmRequest.Builder chat(LlmRequest asked, LlmRequest.Builder request) {
        GenerationOptions.Builder options = asked.options().toBuilder().reasoningSummary(null).maxToolCalls(null);
        if (asked.include().contains(LOGPROBS) && asked.options().topLogprobs().isEmpty()) {
            options.topLogprobs(0);
        }
        return request.options(options.build()).background(asked.background().filter(said -> said).orElse(null));
    }

    private static LlmRequest.Builder responses(LlmRequest asked, LlmRequest.Builder request, Set<String> lacked, Notes notes) {
        return request.options(options(asked.options(), lacked, notes)).include(asked.include().toArray(String[]::new))
                .background(asked.background().orElse(null)).truncation(asked.truncation().orElse(null));
    }

    private static GenerationOptions options(GenerationOptions asked, Set<String> lacked, Notes notes) {
        GenerationOptions.Builder options = asked.toBuilder();
        if (isLacked("presence_penalty", asked.presencePenalty(), lacked, notes)) {
            options.presencePenalty(null);
        }
        if (isLacked("frequency_penalty", asked.frequencyPenalty(), lacked, notes)) {
            options.frequencyPenalty(null);
        }
        if (isLacked("seed", asked.seed(), lacked, notes)) {
            options.seed(null);
        }
        if (isLacked("top_logprobs", asked.topLogprobs(), lacked, notes)) {
            options.topLogprobs(null);
        }
        if (isLacked("stop", asked.stop().stream().findFirst(), lacked, notes)) {
            options.stop();
        }
        return options.build();
    }

    private static boolean isLacked(String field, Optional<?> said, Set<String> lacked, Notes notes) {
        boolean dropped = said.isPresent() && lacked.contains(field);
        if (dropped) {
            notes.add(field, "The field " + field + " was ignored: the Responses API of the provider does not have it");
        }
        return dropped;
    }
}
