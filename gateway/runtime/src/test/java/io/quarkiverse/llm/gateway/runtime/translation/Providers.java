package io.quarkiverse.llm.gateway.runtime.translation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Finding;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.ConnectionSettings;
import io.quarkiverse.llm.runtime.config.Decoding;
import io.quarkiverse.llm.runtime.config.Endpoint;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SizeLimits;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.TimeLimits;
import io.quarkiverse.llm.runtime.config.WebSocketSettings;
import io.quarkiverse.llm.runtime.config.WireSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirks;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.smallrye.mutiny.Multi;

/** Providers as they are configured, and those that nobody has configured. */
final class Providers {

    static final ProviderTraits CHAT = new ProviderTraits(WireApi.CHAT_COMPLETIONS, false, true, false, true);
    static final ProviderTraits RESPONSES = new ProviderTraits(WireApi.RESPONSES, false, true, true, true);

    private Providers() {
    }

    static ProviderSettings settings(Preset preset, WireApi api) {
        return settings(preset, api, preset.capabilities(), quirks -> quirks);
    }

    static ProviderSettings settings(Preset preset, WireApi api, LlmCapabilities capabilities, UnaryOperator<Quirks> quirks) {
        Duration time = Duration.ofSeconds(10);
        return new ProviderSettings("test", Endpoint.of("http://localhost:1/v1", Map.of(), Optional.of(preset)),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("model"), Map.of(), Map.of(),
                GenerationOptions.NONE, new WireSettings(api, preset.wireApi(), StreamTransport.AUTO, Decoding.LENIENT,
                        "chat/completions", "responses", "models"),
                quirks.apply(preset.quirks()), capabilities, new TimeLimits(time, time, time, time, Optional.empty()),
                new SizeLimits(1_000_000, 1_000_000),
                new ConnectionSettings(1, 1, time, false, Optional.empty(), Optional.empty()), WebSocketSettings.DEFAULT,
                false, false, Optional.empty());
    }

    static ProviderTraits traits(Preset preset, WireApi api) {
        return traits(settings(preset, api));
    }

    static ProviderTraits traits(ProviderSettings settings) {
        return ProviderTraits.of(provider(settings.capabilities()), Optional.of(settings));
    }

    static LlmCapabilities with(LlmCapabilities known, Capability capability, Support support) {
        Map<Capability, Finding> findings = new java.util.HashMap<>(known.findings());
        findings.put(capability, new Finding(support, Source.CONFIGURED));
        return new LlmCapabilities(findings);
    }

    static LlmProvider provider(LlmCapabilities capabilities) {
        return new LlmProvider() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public Multi<LlmEvent> stream(LlmRequest request) {
                return Multi.createFrom().empty();
            }

            @Override
            public LlmCapabilities capabilities() {
                return capabilities;
            }
        };
    }
}
