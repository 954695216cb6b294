package io.quarkiverse.llm.messaging.runtime;

import static io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd.Content.CANCELS;
import static io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd.Content.REQUESTS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelNames;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelPlan;
import io.quarkiverse.llm.messaging.runtime.config.MessagingKey;

/** Whether what one channel writes is read by whom it is for, and by nobody else, in sentences. */
final class AddressCheck {

    /** But for {@code .} and {@code ..}, which Kafka keeps for itself. */
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    private final ChannelPlan plan;
    private final Map<String, String> replyTo;
    private final Function<String, Optional<String>> values;

    /**
     * @param replyTo where remote providers that say so want their answers, by their names
     * @param values of the configuration, by key
     */
    AddressCheck(ChannelPlan plan, Map<String, String> replyTo, Function<String, Optional<String>> values) {
        this.plan = plan;
        this.replyTo = Map.copyOf(replyTo);
        this.values = values;
    }

    /** Empty when nothing is wrong. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        plan.remotes().stream().sorted().forEach(name -> checkReplyTo(name).ifPresent(problems::add));
        plan.ends().stream().filter(end -> !end.incoming()).map(this::checkReaders).flatMap(Optional::stream)
                .forEach(problems::add);
        return problems;
    }

    private Optional<String> checkReplyTo(String remote) {
        String address = replyTo.getOrDefault(remote, "");
        if (address.isBlank()) {
            return Optional.empty();
        }
        ChannelEnd events = ChannelEnd.ofRemote(remote).stream().filter(ChannelEnd::incoming).findFirst().orElseThrow();
        String key = MessagingKey.remote(remote, "reply-to");
        Optional<String> comesBack = comesBack(key, remote, address);
        // elsewhere an address may be written in more ways than one
        return comesBack.isPresent() || broker(events).filter(Broker::isKafka).isEmpty() ? comesBack
                : noTopic(key, address).or(() -> unread(key, address, events));
    }

    /** Answers that go where requests go. */
    private Optional<String> comesBack(String key, String remote, String address) {
        return ChannelEnd.ofRemote(remote).stream().filter(end -> !end.incoming())
                .filter(end -> end.addresses(values).contains(address.strip())).findFirst()
                .map(end -> key + " is '" + address.strip() + "', where the channel " + end.channel()
                        + " goes, so that workers would get their own answers: set it to what the channel "
                        + new ChannelNames(remote).events() + " reads, or remove it");
    }

    private static Optional<String> noTopic(String key, String address) {
        return TOPIC.matcher(address).matches() ? Optional.empty()
                : Optional.of(key + " is '" + address + "', which Kafka takes for no topic: a name is of 1 to 249 letters of "
                        + "ASCII, digits, dots, dashes and underscores");
    }

    /** Answers that go where nobody reads. */
    private Optional<String> unread(String key, String address, ChannelEnd events) {
        Set<String> read = events.addresses(values);
        return read.contains(address) || isReadElsewhere(events) ? Optional.empty()
                : Optional.of(key + " is '" + address + "', but the channel " + events.channel() + " reads '"
                        + String.join("', '", new TreeSet<>(read)) + "', so that no answer would come: set "
                        + events.addressKey(values).orElse(events.key("topic")) + " to '" + address + "', or remove " + key);
    }

    /** Where not the channel alone says what it reads. */
    private boolean isReadElsewhere(ChannelEnd end) {
        String all = "mp.messaging.connector." + plan.connector(end, values).orElseThrow() + ".";
        return values.apply(all + "topic").isPresent() || Stream.of(end.key("pattern"), all + "pattern").map(values)
                .flatMap(Optional::stream).anyMatch(Boolean::parseBoolean);
    }

    /** Requests and cancels stand by themselves: what else is read with them is a dead letter, and comes back as one. */
    private Optional<String> checkReaders(ChannelEnd written) {
        return plan.ends().stream().filter(ChannelEnd::incoming).filter(read -> read.content() != written.content())
                .filter(read -> isToWorkers(read) || isToWorkers(written)).filter(read -> isSameBroker(written, read))
                .flatMap(read -> shared(written, read).map(address -> sentence(written, read, address))).findFirst();
    }

    private static boolean isToWorkers(ChannelEnd end) {
        return end.content() == REQUESTS || end.content() == CANCELS;
    }

    private boolean isSameBroker(ChannelEnd one, ChannelEnd other) {
        Optional<Broker> broker = broker(one);
        return broker.isPresent() && broker.equals(broker(other));
    }

    /** Empty where the channel stays within the process. */
    private Optional<Broker> broker(ChannelEnd end) {
        return plan.hasPeer(end) ? Optional.empty()
                : plan.connector(end, values).map(AddressCheck::shortName).filter(name -> !name.equals("in-memory"))
                        .map(name -> new Broker(name, Stream.of("bootstrap.servers", "host", "port")
                                .map(attribute -> values.apply(end.key(attribute)).orElse("")).toList()));
    }

    /** Reactive Messaging knows its connectors by both. */
    private static String shortName(String connector) {
        String prefix = "smallrye-";
        return connector.startsWith(prefix) ? connector.substring(prefix.length()) : connector;
    }

    private Stream<String> shared(ChannelEnd written, ChannelEnd read) {
        return written.addresses(values).stream().filter(read.addresses(values)::contains).sorted();
    }

    private String sentence(ChannelEnd written, ChannelEnd read, String address) {
        // one of them is configured: the names of channels with different contents differ
        List<String> keys = Stream.of(written, read).flatMap(end -> end.addressKey(values).stream()).toList();
        return "The channel " + written.channel() + " of " + plan.ownerKey(written) + " goes to '" + address
                + "', which the channel " + read.channel() + " of " + plan.ownerKey(read) + " reads: set "
                + String.join(" or ", keys) + " to another one";
    }

    /**
     * Where a channel leads out of the process.
     *
     * @param attributes that tell one broker from another
     */
    private record Broker(String connector, List<String> attributes) {

        boolean isKafka() {
            return connector.equals("kafka");
        }
    }
}
