package io.quarkiverse.llm.messaging.runtime.channel;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.quarkiverse.llm.messaging.runtime.config.LlmMessagingRuntimeConfig;
import io.quarkiverse.llm.messaging.runtime.config.MessagingKey;

/**
 * What the ends of all channels of workers and remote providers are tied to.
 *
 * @param workers the names of those that are enabled
 * @param remotes the names of those that are enabled
 * @param application the {@linkplain ChannelEnd#id() ends} that methods and injection points of the application hold
 * @param connector of ends that name none
 */
public record ChannelPlan(Set<String> workers, Set<String> remotes, Set<String> application, Optional<String> connector) {

    /** The connector within the memory of the process. */
    public static final String IN_MEMORY = "smallrye-in-memory";
    /** The connector of Kafka. */
    public static final String KAFKA = "smallrye-kafka";

    public ChannelPlan {
        workers = Set.copyOf(workers);
        remotes = Set.copyOf(remotes);
        application = Set.copyOf(application);
    }

    public static ChannelPlan of(LlmMessagingRuntimeConfig config) {
        return new ChannelPlan(
                config.workers().entrySet().stream().filter(worker -> worker.getValue().enabled()).map(Map.Entry::getKey)
                        .collect(Collectors.toSet()),
                config.remotes().entrySet().stream().filter(remote -> remote.getValue().enabled()).map(Map.Entry::getKey)
                        .collect(Collectors.toSet()),
                config.applicationChannels().orElse(Set.of()), config.connector());
    }

    /** All ends, workers' first. */
    public Set<ChannelEnd> ends() {
        Set<ChannelEnd> ends = new LinkedHashSet<>();
        workers.stream().sorted().map(ChannelEnd::ofWorker).forEach(ends::addAll);
        remotes.stream().sorted().map(ChannelEnd::ofRemote).forEach(ends::addAll);
        return ends;
    }

    /** The key of the worker or the remote provider that holds the end. */
    public String ownerKey(ChannelEnd end) {
        boolean worker = workers.contains(end.owner()) && ChannelEnd.ofWorker(end.owner()).contains(end);
        return worker ? MessagingKey.worker(end.owner()) : MessagingKey.remote(end.owner());
    }

    /** Whether the other end of the channel is in this application, too. */
    public boolean hasPeer(ChannelEnd end) {
        return ends().contains(end.opposite()) || application.contains(end.opposite().id());
    }

    /**
     * The connector of an end; empty when it has none.
     *
     * @param values of the configuration, by key
     */
    public Optional<String> connector(ChannelEnd end, Function<String, Optional<String>> values) {
        Optional<String> named = values.apply(end.key("connector"));
        return named.isPresent() ? named : defaultConnector(end);
    }

    /**
     * Whether nobody takes what is written there, and nobody has to: the caller is in the same application and gets all of it
     * as events. A default connector is no reader: that there is one says nothing of these channels.
     *
     * @param values of the configuration, by key
     */
    public boolean isUnread(ChannelEnd end, Function<String, Optional<String>> values) {
        return isBesideEvents(end) && !hasPeer(end) && values.apply(end.key("connector")).isEmpty();
    }

    private boolean isBesideEvents(ChannelEnd end) {
        boolean copy = end.content() == ChannelEnd.Content.RESPONSES || end.content() == ChannelEnd.Content.DEAD_LETTERS;
        return copy && workers.contains(end.owner()) && remotes.contains(end.owner());
    }

    /** The connector of an end that names none itself; empty when it needs none, or there is none. */
    private Optional<String> defaultConnector(ChannelEnd end) {
        return hasPeer(end) || isBesideEvents(end) ? Optional.empty() : connector;
    }
}
