package io.quarkiverse.llm.messaging.runtime.channel;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An end of a channel that a worker or a remote provider holds.
 *
 * @param owner the name of the worker or the remote provider
 * @param content what stands on the channel
 * @param incoming whether it is read here, else written
 */
public record ChannelEnd(String owner, Content content, boolean incoming) {

    private static final List<String> ADDRESSES = List.of("topic", "topics", "address");

    /** What stands on a channel. */
    public enum Content {
        REQUESTS,
        CANCELS,
        EVENTS,
        RESPONSES,
        DEAD_LETTERS
    }

    /** The ends of a worker. */
    public static List<ChannelEnd> ofWorker(String name) {
        return Stream.of(Content.values())
                .map(content -> new ChannelEnd(name, content, content == Content.REQUESTS || content == Content.CANCELS))
                .toList();
    }

    /** The ends of a remote provider. */
    public static List<ChannelEnd> ofRemote(String name) {
        return Stream.of(Content.REQUESTS, Content.CANCELS, Content.EVENTS)
                .map(content -> new ChannelEnd(name, content, content == Content.EVENTS)).toList();
    }

    /** The name of the channel. */
    public String channel() {
        ChannelNames names = new ChannelNames(owner);
        return switch (content) {
            case REQUESTS -> names.requests();
            case CANCELS -> names.cancels();
            case EVENTS -> names.events();
            case RESPONSES -> names.responses();
            case DEAD_LETTERS -> names.deadLetters();
        };
    }

    /** The other end of the same channel. */
    public ChannelEnd opposite() {
        return new ChannelEnd(owner, content, !incoming);
    }

    /** As {@code incoming.pool-requests}: what tells it from the opposite end. */
    public String id() {
        return direction() + "." + channel();
    }

    /**
     * The topics, or what else the connector has, that the end is tied to: the name of the channel unless configured.
     *
     * @param values of the configuration, by key
     */
    public Set<String> addresses(Function<String, Optional<String>> values) {
        Set<String> addresses = ADDRESSES.stream().map(attribute -> values.apply(key(attribute)))
                .flatMap(Optional::stream).flatMap(value -> Stream.of(value.split(","))).map(String::strip)
                .filter(address -> !address.isEmpty()).collect(Collectors.toUnmodifiableSet());
        return addresses.isEmpty() ? Set.of(channel()) : addresses;
    }

    /**
     * The key that ties the end to an address; empty when that is the name of the channel.
     *
     * @param values of the configuration, by key
     */
    public Optional<String> addressKey(Function<String, Optional<String>> values) {
        return ADDRESSES.stream().map(this::key).filter(key -> values.apply(key).isPresent()).findFirst();
    }

    /** The key of the configuration of an attribute, with quotes around a channel with dots. */
    public String key(String attribute) {
        return key(direction(), channel(), attribute);
    }

    /** The key of the configuration of an attribute, with quotes around a channel with dots. */
    public static String key(String direction, String channel, String attribute) {
        return "mp.messaging." + direction + "." + (channel.contains(".") ? "\"" + channel + "\"" : channel) + "." + attribute;
    }

    private String direction() {
        return incoming ? "incoming" : "outgoing";
    }
}
