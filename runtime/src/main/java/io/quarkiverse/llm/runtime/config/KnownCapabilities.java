package io.quarkiverse.llm.runtime.config;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Finding;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;

/** What is known of capabilities from several sources. */
public final class KnownCapabilities {

    private static final Map<Capability, Function<CapabilitiesConfig, Optional<Boolean>>> KEYS = Map.ofEntries(
            entry(Capability.CHAT_COMPLETIONS_API, CapabilitiesConfig::chatCompletionsApi),
            entry(Capability.RESPONSES_API, CapabilitiesConfig::responsesApi),
            entry(Capability.WEBSOCKET, CapabilitiesConfig::websocket),
            entry(Capability.TOOLS, CapabilitiesConfig::tools),
            entry(Capability.PARALLEL_TOOL_CALLS, CapabilitiesConfig::parallelToolCalls),
            entry(Capability.REASONING, CapabilitiesConfig::reasoning),
            entry(Capability.IMAGE_INPUT, CapabilitiesConfig::imageInput),
            entry(Capability.FILE_INPUT, CapabilitiesConfig::fileInput),
            entry(Capability.AUDIO_INPUT, CapabilitiesConfig::audioInput),
            entry(Capability.JSON_SCHEMA, CapabilitiesConfig::jsonSchema),
            entry(Capability.STORED_RESPONSES, CapabilitiesConfig::storedResponses),
            entry(Capability.MODEL_LISTING, CapabilitiesConfig::modelListing));

    private KnownCapabilities() {
    }

    /** What the application says. */
    static LlmCapabilities configured(CapabilitiesConfig config) {
        Map<Capability, Support> configured = new EnumMap<>(Capability.class);
        KEYS.forEach((capability, key) -> key.apply(config)
                .ifPresent(there -> configured.put(capability, there ? Support.YES : Support.NO)));
        return of(configured, Source.CONFIGURED);
    }

    /** All from one source. */
    public static LlmCapabilities of(Map<Capability, Support> supports, Source source) {
        Map<Capability, Finding> findings = new EnumMap<>(Capability.class);
        supports.forEach((capability, support) -> findings.put(capability, new Finding(support, source)));
        return new LlmCapabilities(findings);
    }

    /**
     * Of each capability the finding with the best source, by the order of {@link Source}; the context window of the first that
     * knows it.
     */
    public static LlmCapabilities best(LlmCapabilities... known) {
        Map<Capability, Finding> best = new EnumMap<>(Capability.class);
        for (LlmCapabilities capabilities : known) {
            capabilities.findings().forEach((capability, finding) -> best.merge(capability, finding,
                    (one, other) -> other.source().compareTo(one.source()) < 0 ? other : one));
        }
        return new LlmCapabilities(best, Arrays.stream(known).map(LlmCapabilities::contextWindow).flatMap(Optional::stream)
                .findFirst());
    }
}
