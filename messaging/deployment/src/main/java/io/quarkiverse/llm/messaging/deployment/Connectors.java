package io.quarkiverse.llm.messaging.deployment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

import io.quarkiverse.llm.messaging.runtime.channel.ChannelPlan;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.smallrye.reactivemessaging.deployment.items.ChannelDirection;
import io.quarkus.smallrye.reactivemessaging.deployment.items.ConnectorBuildItem;

/**
 * The connectors of the application, among which the one in memory is only there because of us.
 *
 * @param incoming the names of those that can be read from
 * @param outgoing the names of those that can be written to
 */
record Connectors(Set<String> incoming, Set<String> outgoing) {

    static Connectors of(List<ConnectorBuildItem> connectors) {
        Set<String> incoming = new TreeSet<>();
        Set<String> outgoing = new TreeSet<>();
        connectors.forEach(connector -> (connector.getDirection() == ChannelDirection.INCOMING ? incoming : outgoing)
                .add(connector.getName()));
        return new Connectors(incoming, outgoing);
    }

    /** What our channels use that name none. */
    Optional<String> ofOurChannels(LaunchMode mode) {
        if (mode.isDevOrTest()) {
            return Optional.of(ChannelPlan.IN_MEMORY);
        }
        Set<String> all = new TreeSet<>(incoming);
        all.addAll(outgoing);
        return only(all);
    }

    /**
     * What the application's own channels of a direction would use that name none, were it not for the connector in memory:
     * Quarkus attaches them when there is exactly one. Empty when Quarkus does so.
     */
    Optional<String> hiddenByOurs(ChannelDirection direction) {
        Set<String> connectors = direction == ChannelDirection.INCOMING ? incoming : outgoing;
        return connectors.contains(ChannelPlan.IN_MEMORY) ? only(connectors) : Optional.empty();
    }

    private static Optional<String> only(Set<String> connectors) {
        List<String> own = connectors.stream().filter(name -> !name.equals(ChannelPlan.IN_MEMORY)).toList();
        return own.size() == 1 ? Optional.of(own.get(0)) : Optional.empty();
    }

    /**
     * Whether the configuration gives a channel the connector in memory, so that it is needed in production, too.
     *
     * @param keys all of the configuration
     * @param values by key
     */
    static boolean namesInMemory(Iterable<String> keys, Function<String, Optional<String>> values) {
        for (String key : keys) {
            if (isOfConnector(key) && values.apply(key).filter(ChannelPlan.IN_MEMORY::equals).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfConnector(String key) {
        return key.equals("quarkus.llm-messaging.connector") || key.endsWith(".connector") && Stream
                .of("mp.messaging.", "quarkus.messaging.").anyMatch(prefix -> Stream.of(ChannelDirection.values())
                        .anyMatch(direction -> key.startsWith(prefix + direction.name().toLowerCase(Locale.ROOT) + ".")));
    }
}
