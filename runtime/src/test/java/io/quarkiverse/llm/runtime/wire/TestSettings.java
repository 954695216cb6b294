package io.quarkiverse.llm.runtime.wire;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.config.ConnectionSettings;
import io.quarkiverse.llm.runtime.config.Endpoint;
import io.quarkiverse.llm.runtime.config.Preset;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SizeLimits;
import io.quarkiverse.llm.runtime.config.TimeLimits;

/** Settings of a provider named {@code test}, for tests of what is built on them. */
public final class TestSettings {

    private static final Duration LONG = Duration.ofMinutes(1);

    private TestSettings() {
    }

    public static ProviderSettings of(Preset preset) {
        return of(preset, GenerationOptions.NONE, Map.of(), true);
    }

    public static ProviderSettings of(Preset preset, GenerationOptions options, Map<String, RawJson> extraBody,
            boolean includeUsage) {
        return new ProviderSettings("test", Endpoint.of("http://localhost", Map.of()), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.of("configured-model"), Map.of(), extraBody, options, includeUsage,
                "chat/completions", "models", preset.quirks(), new TimeLimits(LONG, LONG, LONG, LONG, Optional.empty()),
                new SizeLimits(1 << 20, 1 << 26),
                new ConnectionSettings(1000, 1000, LONG, true, Optional.empty(), Optional.empty()), false, false);
    }
}
