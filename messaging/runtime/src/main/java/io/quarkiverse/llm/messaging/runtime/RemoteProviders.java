package io.quarkiverse.llm.messaging.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelNames;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelOutbox;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.quarkiverse.llm.messaging.runtime.config.LlmMessagingRuntimeConfig;
import io.quarkiverse.llm.messaging.runtime.config.MessagingKey;
import io.quarkiverse.llm.messaging.runtime.config.RemoteConfig;
import io.quarkiverse.llm.messaging.runtime.remote.RemoteProvider;
import io.quarkiverse.llm.messaging.runtime.remote.TraceHeaders;
import io.quarkiverse.llm.runtime.provider.ProviderSource;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.vertx.core.Vertx;

/** The providers of the application whose requests workers elsewhere answer, as configured. */
@Singleton
public class RemoteProviders implements ProviderSource {

    private record Remote(RemoteProvider provider, ChannelOutbox requests, ChannelOutbox cancels) {
    }

    private final LlmMessagingRuntimeConfig config;
    private final MessageMapper mapper;
    private final Instance<Vertx> vertx;
    private final Instance<TraceHeaders> traces;
    private final Map<String, Remote> remotes = new ConcurrentHashMap<>();

    /**
     * @param vertx is not there yet when the registry asks for the names
     */
    RemoteProviders(LlmMessagingRuntimeConfig config, MessageMapper mapper, Instance<Vertx> vertx,
            @Any Instance<TraceHeaders> traces) {
        this.config = config;
        this.mapper = mapper;
        this.vertx = vertx;
        this.traces = traces;
    }

    /** The remote provider with this name, which must be configured. */
    LlmProvider provider(String name) {
        return remote(name).provider();
    }

    private Remote remote(String name) {
        return remotes.computeIfAbsent(name, this::create);
    }

    private Remote create(String name) {
        ChannelNames channels = new ChannelNames(name);
        ChannelOutbox requests = new ChannelOutbox(channels.requests(), mapper);
        ChannelOutbox cancels = new ChannelOutbox(channels.cancels(), mapper);
        RemoteConfig settings = enabled().get(name);
        if (settings == null) {
            throw new ConfigurationException("The remote provider '" + name + "' was configured when the application was built"
                    + " and is not now: set " + MessagingKey.remote(name, "enabled") + "=true");
        }
        return new Remote(new RemoteProvider(name, settings, mapper,
                new RemoteProvider.Outboxes(requests, cancels), vertx.get(),
                traces.isResolvable() ? traces.get() : TraceHeaders.NONE), requests, cancels);
    }

    @Override
    public Map<String, Supplier<LlmProvider>> providers() {
        Map<String, Supplier<LlmProvider>> providers = new LinkedHashMap<>();
        enabled().keySet().forEach(name -> providers.put(name, () -> provider(name)));
        return providers;
    }

    private Map<String, RemoteConfig> enabled() {
        Map<String, RemoteConfig> enabled = new LinkedHashMap<>(config.remotes());
        enabled.values().removeIf(remote -> !remote.enabled());
        return enabled;
    }

    void register(ChannelRegistry registry) {
        enabled().keySet().forEach(name -> register(new ChannelNames(name), remote(name), registry));
    }

    private static void register(ChannelNames channels, Remote remote, ChannelRegistry registry) {
        registry.register(channels.requests(), remote.requests(), false);
        registry.register(channels.cancels(), remote.cancels(), false);
        registry.register(channels.events(), remote.provider().events(), false);
    }
}
