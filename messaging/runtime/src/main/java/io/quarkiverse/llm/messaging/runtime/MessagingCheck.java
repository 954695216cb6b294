package io.quarkiverse.llm.messaging.runtime;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelPlan;
import io.quarkiverse.llm.messaging.runtime.config.MessagingKey;
import io.quarkiverse.llm.runtime.config.ReservedNames;

/** What is wrong with workers, remote providers and their channels, in sentences, before any channel is tied. */
final class MessagingCheck {

    /** What Kafka takes for a topic, whose name the channel's is unless configured. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,200}");

    private final ChannelPlan plan;
    private final Map<String, String> providers;
    private final Map<String, String> replyTo;
    private final Function<String, Optional<String>> values;
    private final Function<String, Optional<String>> missing;
    private final InstalledConnectors connectors;

    /**
     * @param providers of enabled workers, by their names
     * @param replyTo where remote providers that say so want their answers, by their names
     * @param values of the configuration, by key
     * @param missing tells what to do when there is no provider with this name
     */
    MessagingCheck(ChannelPlan plan, Map<String, String> providers, Map<String, String> replyTo,
            Function<String, Optional<String>> values, Function<String, Optional<String>> missing,
            InstalledConnectors connectors) {
        this.plan = plan;
        this.providers = Map.copyOf(providers);
        this.replyTo = Map.copyOf(replyTo);
        this.values = values;
        this.missing = missing;
        this.connectors = connectors;
    }

    /** Empty when nothing is wrong. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        plan.workers().stream().sorted().forEach(name -> {
            checkName(MessagingKey.worker(name), name).ifPresent(problems::add);
            checkCircle(name).ifPresent(problems::add);
            missing.apply(providers.getOrDefault(name, LlmClient.DEFAULT))
                    .ifPresent(sentence -> problems.add(MessagingKey.worker(name, "provider") + ": " + sentence));
        });
        plan.remotes().stream().sorted().forEach(name -> {
            checkName(MessagingKey.remote(name), name).ifPresent(problems::add);
            if (ReservedNames.contains(name)) {
                problems.add(MessagingKey.remote(name) + ": " + ReservedNames.sentence(name));
            }
        });
        problems.addAll(new AddressCheck(plan, replyTo, values).problems());
        if (problems.isEmpty()) {
            Set<String> channels = new LinkedHashSet<>();
            Set<String> absent = new LinkedHashSet<>();
            for (ChannelEnd end : plan.ends()) {
                checkEnd(end).filter(problem -> channels.add(end.channel())).ifPresent(problems::add);
                checkConnector(end).ifPresent(absent::add);
            }
            problems.addAll(absent);
        }
        return problems;
    }

    private static Optional<String> checkName(String key, String name) {
        return NAME.matcher(name).matches() ? Optional.empty()
                : Optional
                        .of(key + ": a name is part of the names of channels and topics, and must be of 1 to 200 "
                                + "letters of ASCII, digits, dots, dashes and underscores: choose another name");
    }

    /** A worker that asks a remote provider whose requests come back to it. */
    private Optional<String> checkCircle(String worker) {
        List<String> path = new ArrayList<>();
        String at = worker;
        while (plan.workers().contains(at)) {
            path.add(at);
            String provider = provider(at);
            if (provider.equals(worker) && plan.remotes().contains(provider)) {
                path.add(worker);
                return Optional.of(MessagingKey.worker(worker, "provider") + " leads in a circle (" + String.join(", ", path)
                        + "), because each of these is a remote provider whose requests the worker of the same name takes: "
                        + "set it to a provider that answers itself");
            }
            if (!plan.remotes().contains(provider) || path.contains(provider)) {
                return Optional.empty();
            }
            at = provider;
        }
        return Optional.empty();
    }

    private String provider(String worker) {
        String provider = providers.getOrDefault(worker, LlmClient.DEFAULT);
        return provider.equals(LlmClient.DEFAULT) ? values.apply("quarkus.llm.active").orElse(provider) : provider;
    }

    private Optional<String> checkEnd(ChannelEnd end) {
        if (plan.hasPeer(end)) {
            return Stream.of(end, end.opposite()).map(each -> each.key("connector"))
                    .filter(key -> values.apply(key).isPresent()).findFirst()
                    .map(key -> "The channel " + end.channel() + " of " + plan.ownerKey(end)
                            + " has both its ends in this application, "
                            + "so that no connector can come between: remove " + key + ", or give "
                            + (plan.ends().contains(end.opposite()) ? "the worker or the remote provider"
                                    : "the channel of the application")
                            + " another name");
        }
        if (plan.connector(end, values).isPresent() || plan.isUnread(end, values)) {
            return Optional.empty();
        }
        return Optional.of("The channel " + end.channel() + " of " + plan.ownerKey(end) + " has no connector: set "
                + end.key("connector") + ", or quarkus.llm-messaging.connector for all such channels");
    }

    /** What an end is configured to use is there; the same sentence for all that have it from the same key. */
    private Optional<String> checkConnector(ChannelEnd end) {
        if (plan.hasPeer(end)) {
            return Optional.empty();
        }
        // where the end names none, the defaults of channels have put there what it gets
        return plan.connector(end, values).flatMap(name -> connectors.problem(
                plan.connector().filter(name::equals).isPresent() ? "quarkus.llm-messaging.connector" : end.key("connector"),
                name, end.incoming()));
    }
}
