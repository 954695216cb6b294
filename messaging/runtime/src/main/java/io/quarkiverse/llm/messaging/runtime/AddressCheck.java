package io.quarkiverse.llm.messaging.runtime;

import static io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd.Content.CANCELS;
import static io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd.Content.REQUESTS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelNames;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelPlan;
import io.quarkiverse.llm.messaging.runtime.config.MessagingKey;

/** Whether what one channel writes is read where it must not be, in sentences. */
final class AddressCheck {

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

    /** Answers that go where requests go. */
    private Optional<String> checkReplyTo(String remote) {
        String address = replyTo.getOrDefault(remote, "").strip();
        return ChannelEnd.ofRemote(remote).stream().filter(end -> !end.incoming())
                .filter(end -> end.addresses(values).contains(address)).findFirst()
                .map(end -> MessagingKey.remote(remote, "reply-to") + " is '" + address + "', where the channel "
                        + end.channel() + " goes, so that workers would get their own answers: set it to what the channel "
                        + new ChannelNames(remote).events() + " reads, or remove it");
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
    }
}
