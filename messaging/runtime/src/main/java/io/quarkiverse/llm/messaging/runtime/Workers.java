package io.quarkiverse.llm.messaging.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelNames;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.quarkiverse.llm.messaging.runtime.config.LlmMessagingRuntimeConfig;
import io.quarkiverse.llm.messaging.runtime.config.MessagingKey;
import io.quarkiverse.llm.messaging.runtime.config.WorkerConfig;
import io.quarkiverse.llm.messaging.runtime.worker.TraceContext;
import io.quarkiverse.llm.messaging.runtime.worker.Worker;
import io.quarkiverse.llm.runtime.config.MissingProvider;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.vertx.core.Vertx;

/** The workers of the application, as configured. */
@Singleton
public class Workers {

    private final LlmMessagingRuntimeConfig config;
    private final LlmRegistry providers;
    private final MessageMapper mapper;
    private final Vertx vertx;
    private final Instance<TraceContext> traces;
    private final WorkersByHand byHand;
    private final List<Worker> workers = new ArrayList<>();

    Workers(LlmMessagingRuntimeConfig config, LlmRegistry providers, MessageMapper mapper, Vertx vertx,
            @Any Instance<TraceContext> traces, WorkersByHand byHand) {
        this.config = config;
        this.providers = providers;
        this.mapper = mapper;
        this.vertx = vertx;
        this.traces = traces;
        this.byHand = byHand;
    }

    /**
     * @param unread whether nobody takes anything from this end of a channel
     * @param addresses what this end of a channel is tied to
     */
    void register(ChannelRegistry registry, Predicate<ChannelEnd> unread, Function<ChannelEnd, Set<String>> addresses) {
        config.workers().forEach((name, worker) -> {
            if (worker.enabled()) {
                Set<String> inputs = ChannelEnd.ofWorker(name).stream().filter(ChannelEnd::incoming).map(addresses)
                        .flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
                register(name, worker, new WorkerOutboxes(name, registry, mapper, unread), inputs, registry);
            }
        });
    }

    private void register(String name, WorkerConfig settings, WorkerOutboxes outboxes, Set<String> inputs,
            ChannelRegistry registry) {
        LlmProvider provider = providers.find(settings.provider()).orElseThrow(() -> new ConfigurationException(
                MessagingKey.worker(name, "provider") + ": " + missing(settings.provider()).orElseThrow()));
        ChannelNames channels = new ChannelNames(name);
        Worker worker = new Worker(name, settings, provider, mapper, outboxes.register(), inputs, vertx,
                traces.isResolvable() ? traces.get() : TraceContext.NONE);
        registry.register(channels.requests(), worker.requests(), false);
        registry.register(channels.cancels(), worker.cancels(), false);
        workers.add(worker);
    }

    /** What to do about a provider that is not there; empty when it is. */
    Optional<String> missing(String provider) {
        return providers.find(provider).isPresent() ? Optional.empty()
                : Optional.of(MissingProvider.notConfigured(provider, providers.names()));
    }

    /** Done when no request is under way any more. */
    Uni<Void> shutdown() {
        List<Worker> all = new ArrayList<>(workers);
        all.addAll(byHand.workers());
        return all.isEmpty() ? Uni.createFrom().voidItem()
                : Uni.join().all(all.stream().map(Worker::shutdown).toList()).andCollectFailures().replaceWithVoid();
    }
}
