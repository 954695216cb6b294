package io.quarkiverse.llm.test;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.runtime.config.ConnectionSettings;
import io.quarkiverse.llm.runtime.config.Endpoint;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SizeLimits;
import io.quarkiverse.llm.runtime.config.TimeLimits;
import io.quarkiverse.llm.runtime.config.WebSocketSettings;
import io.quarkiverse.llm.runtime.config.WireSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.provider.WireProvider;

/** Makes a configured provider whose server is one answer. Its limits are those of a provider that says nothing of them. */
final class MockConnection {

    static final String MODEL = "mock";

    private static final TimeLimits TIMES = new TimeLimits(Duration.ofSeconds(10), Duration.ofSeconds(30),
            Duration.ofMinutes(10), Duration.ofMinutes(2), Optional.empty());
    private static final SizeLimits SIZES = new SizeLimits(4 << 20, 64 << 20);

    private final ProviderSettings settings;
    private final MockCodec codec;

    MockConnection(String name) {
        settings = new ProviderSettings(name, Endpoint.of("http://mock", Map.of()), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.of(MODEL), Map.of(), Map.of(), GenerationOptions.NONE,
                WireSettings.DEFAULT, Preset.GENERIC.quirks(), LlmCapabilities.UNKNOWN, TIMES, SIZES,
                new ConnectionSettings(1, 1, Duration.ofSeconds(60), false, Optional.empty(), Optional.empty()),
                WebSocketSettings.DEFAULT, false, false, Optional.empty());
        codec = new MockCodec(settings);
    }

    LlmProvider to(MockScript.Reaction reaction) {
        return new WireProvider(settings, codec, new MockTransport(settings, reaction.number(), reaction.answer()),
                MockVertx.forCaller());
    }
}
