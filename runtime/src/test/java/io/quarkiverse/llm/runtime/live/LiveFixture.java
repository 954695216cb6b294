package io.quarkiverse.llm.runtime.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviderChange;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.Configuration;
import io.quarkiverse.llm.runtime.config.LlmRuntimeConfig;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingNames;
import io.quarkiverse.llm.runtime.config.SettingsResolver;
import io.quarkiverse.llm.runtime.config.Withheld;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkiverse.llm.runtime.provider.ProviderSnapshot;
import io.quarkiverse.llm.runtime.transport.Exchange;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.transport.Transport;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Context;
import io.vertx.core.Future;

/** The providers of an application, of which only the settings are real. */
final class LiveFixture {

    private final LlmRegistry registry;
    final List<LlmProviderChange> changes = new ArrayList<>();
    final LiveProviders providers;

    LiveFixture(Map<String, String> properties, String... beans) {
        this(properties, OverridesStore.NONE, (config, resolver) -> SettingsCheck.Finding.NOTHING, beans);
    }

    LiveFixture(Map<String, String> properties, OverridesStore store, SettingsCheck check, String... beans) {
        this(Configuration.of(properties).config(), store, check, beans);
    }

    LiveFixture(SmallRyeConfig config, OverridesStore store, SettingsCheck check, String... beans) {
        this(config, LiveFixture.class.getClassLoader(), store, check, beans);
    }

    LiveFixture(SmallRyeConfig config, ClassLoader loader, OverridesStore store, SettingsCheck check, String... beans) {
        SettingNames names = SettingNames.ofMappings();
        // as the start does it: of the configuration itself, and no copy
        LiveSettings settings = new LiveSettings(config, SettingsResolver.of(config, LaunchMode.NORMAL, Withheld.NOTHING),
                config.getConfigMapping(LlmRuntimeConfig.class).active());
        registry = LlmRegistry.create(settings.all(Set.of(beans), Set.of()), LiveFixture::snapshot, Set.of(beans), Named::new,
                settings.active());
        providers = new LiveProviders(registry, () -> Configured.of(config, names, loader), names, check, changes::add, store);
    }

    private static ProviderSnapshot snapshot(ProviderSettings settings) {
        return new ProviderSnapshot(new Named(settings.name()), new NoTransport());
    }

    /** What requests go out with. */
    ProviderSettings inUse(String name) {
        return registry.settings(name).orElseThrow();
    }

    Optional<String> key(String name) {
        return inUse(name).apiKey().map(key -> key.reveal());
    }

    private record Named(String name) implements LlmProvider {

        @Override
        public Multi<LlmEvent> stream(LlmRequest request) {
            return Multi.createFrom().empty();
        }
    }

    private static final class NoTransport implements Transport {

        @Override
        public Exchange open(Context context, OutgoingRequest request, ExchangeListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }
}
