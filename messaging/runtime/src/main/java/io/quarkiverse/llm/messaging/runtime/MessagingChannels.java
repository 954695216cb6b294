package io.quarkiverse.llm.messaging.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

import io.quarkiverse.llm.messaging.runtime.channel.ChannelPlan;
import io.quarkiverse.llm.messaging.runtime.config.LlmMessagingRuntimeConfig;
import io.quarkiverse.llm.messaging.runtime.config.ShutdownTimes;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.reactive.messaging.ChannelRegistar;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.smallrye.reactive.messaging.providers.impl.ConnectorFactories;

/** Puts the ends of all channels of workers and remote providers in place, before Reactive Messaging ties channels together. */
@ApplicationScoped
public class MessagingChannels implements ChannelRegistar {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm.messaging");

    private final LlmMessagingRuntimeConfig config;
    private final ChannelPlan plan;
    private final Function<String, Optional<String>> values;
    private final Optional<Duration> shutdownTimeout;
    private final ChannelRegistry registry;
    private final Workers workers;
    private final RemoteProviders remotes;
    private final ConnectorFactories connectors;

    MessagingChannels(LlmMessagingRuntimeConfig config, Config values, ChannelRegistry registry, Workers workers,
            RemoteProviders remotes, ConnectorFactories connectors) {
        this.config = config;
        this.plan = ChannelPlan.of(config);
        this.values = key -> values.getOptionalValue(key, String.class);
        this.shutdownTimeout = values.getOptionalValue(ShutdownTimes.KEY, Duration.class);
        this.registry = registry;
        this.workers = workers;
        this.remotes = remotes;
        this.connectors = connectors;
    }

    /**
     * Before Reactive Messaging starts: whether it asks this registrar first or the one of the configured channels, which
     * refuses an unknown connector without naming the mend, differs from build to build.
     */
    void check(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE - 1) StartupEvent start) {
        Map<String, String> providers = new HashMap<>();
        config.workers().forEach((name, worker) -> providers.put(name, worker.provider()));
        Map<String, String> replyTo = new HashMap<>();
        config.remotes().forEach((name, remote) -> remote.replyTo().ifPresent(address -> replyTo.put(name, address)));
        InstalledConnectors installed = new InstalledConnectors(connectors.getInboundConnectors().keySet(),
                connectors.getOutboundConnectors().keySet());
        List<String> problems = new MessagingCheck(plan, providers, replyTo, values, workers::missing, installed).problems();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(String.join("\n", problems));
        }
        ShutdownTimes.of(config).warnings(shutdownTimeout).forEach(LOG::warn);
        // a test plays the other end
        if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            new InMemoryInDevMode(plan, values, installed).warnings().forEach(LOG::warn);
        }
    }

    @Override
    public void initialize() {
        workers.register(registry, end -> plan.isUnread(end, values), end -> end.addresses(values));
        remotes.register(registry);
    }
}
