package io.quarkiverse.llm.runtime.wire;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.Quirks;
import io.quarkiverse.llm.runtime.config.preset.ReasoningEffortForm;

/**
 * The fields that are added to the body of a request: those that are configured, unless the request says the same itself, and
 * those that it brings along, which win over everything.
 */
public final class ExtraBody {

    private ExtraBody() {
    }

    /** In the order configured, then in that of the request. */
    public static Map<String, RawJson> of(LlmRequest request, ProviderSettings settings) {
        if (settings.extraBody().isEmpty()) {
            return request.extraBody();
        }
        Map<String, RawJson> fields = new LinkedHashMap<>(settings.extraBody());
        Set<String> said = said(request, settings.quirks());
        // what the server must not see of the request stands in nobody's way
        said.removeAll(settings.quirks().get(Quirk.OMITTED_FIELDS));
        fields.keySet().removeAll(said);
        fields.putAll(request.extraBody());
        return fields;
    }

    /** The fields of what the request says, by the names that they have in any wire API. */
    private static Set<String> said(LlmRequest request, Quirks quirks) {
        Said said = new Said();
        said.when(request.model(), "model");
        said.when(request.tools(), "tools");
        said.when(request.toolChoice(), "tool_choice");
        said.when(request.outputFormat(), "response_format", "text");
        said.when(request.store(), "store");
        said.when(request.background(), "background");
        said.when(request.truncation(), "truncation");
        said.when(request.include(), "include");
        said.when(request.metadata().keySet(), "metadata");
        said.when(request.previousResponseId(), "previous_response_id");
        said.when(request.conversation(), "conversation");
        said.when(request.promptCacheKey(), "prompt_cache_key");
        said.when(request.safetyIdentifier(), "safety_identifier");
        said.when(request.serviceTier(), "service_tier");
        GenerationOptions options = request.options();
        said.when(options.temperature(), "temperature");
        said.when(options.topP(), "top_p");
        said.when(options.presencePenalty(), "presence_penalty");
        said.when(options.frequencyPenalty(), "frequency_penalty");
        said.when(options.seed(), "seed", "random_seed");
        said.when(options.stop(), "stop");
        said.when(options.maxOutputTokens(), "max_tokens", "max_completion_tokens", "max_output_tokens");
        said.when(options.maxToolCalls(), "max_tool_calls");
        said.when(options.parallelToolCalls(), "parallel_tool_calls");
        said.when(options.topLogprobs(), "logprobs", "top_logprobs");
        said.when(options.reasoningEffort(), "reasoning_effort", "reasoning",
                switchOf(quirks.get(Quirk.REASONING_EFFORT_FORM)));
        said.when(options.reasoningSummary(), "reasoning");
        said.when(options.verbosity(), "verbosity", "text");
        return said.fields;
    }

    /** The field in which some servers are told whether to think at all. */
    private static String switchOf(ReasoningEffortForm form) {
        return form == ReasoningEffortForm.ENABLE_THINKING ? "chat_template_kwargs" : "thinking";
    }

    private static final class Said {

        private final Set<String> fields = new HashSet<>();

        void when(Optional<?> value, String... names) {
            if (value.isPresent()) {
                fields.addAll(Set.of(names));
            }
        }

        void when(Collection<?> values, String... names) {
            if (!values.isEmpty()) {
                fields.addAll(Set.of(names));
            }
        }
    }
}
