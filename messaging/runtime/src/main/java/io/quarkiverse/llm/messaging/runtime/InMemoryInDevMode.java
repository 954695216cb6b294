package io.quarkiverse.llm.messaging.runtime;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelPlan;
import io.quarkiverse.llm.messaging.runtime.config.MessagingKey;

/** Who waits in dev mode, where channels are in memory unless told otherwise, for another application that cannot be heard. */
final class InMemoryInDevMode {

    private final ChannelPlan plan;
    private final Function<String, Optional<String>> values;
    private final InstalledConnectors installed;

    /**
     * @param values of the configuration, by key
     */
    InMemoryInDevMode(ChannelPlan plan, Function<String, Optional<String>> values, InstalledConnectors installed) {
        this.plan = plan;
        this.values = values;
        this.installed = installed;
    }

    /** One for each worker and remote provider of whose requests the other end is nowhere. */
    List<String> warnings() {
        return plan.ends().stream().filter(end -> end.content() == ChannelEnd.Content.REQUESTS).filter(this::isInMemory)
                .map(this::warning).toList();
    }

    private boolean isInMemory(ChannelEnd end) {
        return !plan.hasPeer(end) && plan.connector(end, values).filter(InMemoryInDevMode::isInMemory).isPresent();
    }

    private static boolean isInMemory(String connector) {
        // Reactive Messaging knows its connectors by their short names as well
        return connector.equals(ChannelPlan.IN_MEMORY) || ChannelPlan.IN_MEMORY.equals("smallrye-" + connector);
    }

    private String warning(ChannelEnd end) {
        return "Channels of " + plan.ownerKey(end) + " are in memory, and nobody " + (end.incoming() ? "writes " : "reads ")
                + end.channel() + ": " + mend("%dev." + (plan.connector().filter(InMemoryInDevMode::isInMemory).isPresent()
                        ? "quarkus.llm-messaging.connector"
                        : end.key("connector")))
                + ", or configure " + (end.incoming() ? MessagingKey.remote(end.owner()) : MessagingKey.worker(end.owner()));
    }

    private String mend(String key) {
        return installed.both().filter(name -> !isInMemory(name)).findFirst().map(name -> "set " + key + "=" + name)
                .orElse("add the extension of a connector and set " + key + " to it");
    }
}
