package io.quarkiverse.llm.messaging.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.microprofile.config.Config;

import io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd;

/** Which connector a channel has. */
final class ChannelConnectors {

    private final Config config;
    private final Map<String, Optional<String>> outgoing = new ConcurrentHashMap<>();

    ChannelConnectors(Config config) {
        this.config = config;
    }

    /** Empty for a channel within the application. */
    Optional<String> ofOutgoing(String channel) {
        return outgoing.computeIfAbsent(channel, name -> connector("outgoing", name));
    }

    private Optional<String> connector(String direction, String channel) {
        return config.getOptionalValue(ChannelEnd.key(direction, channel, "connector"), String.class);
    }
}
