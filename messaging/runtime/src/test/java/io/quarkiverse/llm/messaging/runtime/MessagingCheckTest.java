package io.quarkiverse.llm.messaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelPlan;

class MessagingCheckTest {

    private final Map<String, String> workers = new HashMap<>();
    private final Set<String> remotes = new HashSet<>();
    private final Set<String> application = new HashSet<>();
    private final Map<String, String> values = new HashMap<>();
    private Optional<String> connector = Optional.empty();

    @Test
    void aWorkerNeedsAConnectorForEachOfItsChannels() {
        workers.put("pool", "local");
        values.put("mp.messaging.outgoing.pool-events.connector", "any");

        assertThat(problems()).containsExactly(noConnector("pool-requests", "incoming"),
                noConnector("pool-cancels", "incoming"),
                noConnector("pool-responses", "outgoing"), noConnector("pool-dead-letters", "outgoing"));
    }

    private static String noConnector(String channel, String direction) {
        return "The channel " + channel + " of quarkus.llm-messaging.workers.pool has no connector: set mp.messaging."
                + direction + "." + channel + ".connector, or quarkus.llm-messaging.connector for all such channels";
    }

    @Test
    void aRemoteNeedsAConnectorToo() {
        remotes.add("gpt-4.1");

        assertThat(problems()).hasSize(3).first().asString().isEqualTo("The channel gpt-4.1-requests of "
                + "quarkus.llm-messaging.remotes.\"gpt-4.1\" has no connector: set "
                + "mp.messaging.outgoing.\"gpt-4.1-requests\".connector, or quarkus.llm-messaging.connector for all such "
                + "channels");
    }

    @Test
    void oneConnectorForAllIsEnough() {
        workers.put("pool", "local");
        remotes.add("other");
        connector = Optional.of("any");

        assertThat(problems()).isEmpty();
    }

    @Test
    void aConnectorThatIsNotThereIsToldOncePerKeyAndDirection() {
        workers.put("pool", "local");
        connector = Optional.of("smallrye-rabbitmq");
        values.put("mp.messaging.outgoing.pool-events.connector", "smallrye-amqp");

        assertThat(problems()).containsExactly(
                "quarkus.llm-messaging.connector is smallrye-rabbitmq, but the application has no such connector to read from: "
                        + "add the extension that brings it, or set it to one that is there (any, smallrye-kafka)",
                "mp.messaging.outgoing.pool-events.connector is smallrye-amqp, but the application has no such connector to "
                        + "write to: add the extension that brings it, or set it to one that is there "
                        + "(any, outgoing-only, smallrye-kafka)",
                "quarkus.llm-messaging.connector is smallrye-rabbitmq, but the application has no such connector to write to: "
                        + "add the extension that brings it, or set it to one that is there "
                        + "(any, outgoing-only, smallrye-kafka)");
    }

    @Test
    void aConnectorHasAShortName() {
        workers.put("pool", "local");
        connector = Optional.of("kafka");

        assertThat(problems()).isEmpty();
    }

    @Test
    void aConnectorMustKnowTheDirection() {
        remotes.add("pool");
        connector = Optional.of("outgoing-only");

        assertThat(problems()).singleElement().asString().contains("no such connector to read from");
    }

    @Test
    void aWorkerAndARemoteOfOneNameNeedNone() {
        workers.put("pool", "local");
        remotes.add("pool");

        assertThat(problems()).isEmpty();
    }

    @Test
    void whatTheCallerHearsAnywayMayBeUnread() {
        workers.put("pool", "local");
        remotes.add("pool");
        ChannelEnd responses = new ChannelEnd("pool", ChannelEnd.Content.RESPONSES, false);

        assertThat(plan().isUnread(responses, key -> Optional.empty())).isTrue();
        connector = Optional.of("any");
        assertThat(plan().isUnread(responses, key -> Optional.empty())).isTrue();
        assertThat(problems()).isEmpty();
        application.add("incoming.pool-responses");
        assertThat(plan().isUnread(responses, key -> Optional.empty())).isFalse();
        application.clear();
        assertThat(plan().isUnread(responses, key -> Optional.of("any"))).isFalse();
        remotes.clear();
        assertThat(plan().isUnread(responses, key -> Optional.empty())).isFalse();
    }

    @Test
    void methodsOfTheApplicationNeedNone() {
        remotes.add("pool");
        application.addAll(Set.of("incoming.pool-requests", "incoming.pool-cancels", "outgoing.pool-events"));

        assertThat(problems()).isEmpty();
    }

    @Test
    void whoReadsTheSameChannelIsNotItsOtherEnd() {
        remotes.add("pool");
        application.addAll(Set.of("incoming.pool-requests", "incoming.pool-cancels", "incoming.pool-events"));

        assertThat(problems()).singleElement().asString().startsWith("The channel pool-events of ");
    }

    @Test
    void noConnectorCanComeBetweenAWorkerAndARemoteOfOneApplication() {
        workers.put("pool", "local");
        remotes.add("pool");
        values.put("mp.messaging.outgoing.pool-requests.connector", "smallrye-kafka");
        values.put("mp.messaging.incoming.pool-requests.connector", "smallrye-kafka");

        assertThat(problems()).containsExactly("The channel pool-requests of quarkus.llm-messaging.workers.pool has both its "
                + "ends in this application, so that no connector can come between: remove "
                + "mp.messaging.incoming.pool-requests.connector, or give the worker or the remote provider another name");
    }

    @Test
    void norBetweenAWorkerAndAMethod() {
        workers.put("pool", "local");
        connector = Optional.of("any");
        application.add("incoming.pool-events");
        values.put("mp.messaging.incoming.pool-events.connector", "smallrye-kafka");

        assertThat(problems()).containsExactly("The channel pool-events of quarkus.llm-messaging.workers.pool has both its "
                + "ends in this application, so that no connector can come between: remove "
                + "mp.messaging.incoming.pool-events.connector, or give the channel of the application another name");
    }

    @Test
    void aWorkerDoesNotAskItself() {
        workers.put("pool", "pool");
        remotes.add("pool");

        assertThat(problems()).containsExactly(circle("pool", "pool, pool"));
    }

    @Test
    void aWorkerDoesNotAskItselfThroughAnotherOne() {
        workers.putAll(Map.of("a", "b", "b", "a", "c", "a"));
        remotes.addAll(Set.of("a", "b"));

        assertThat(problems()).containsExactly(circle("a", "a, b, a"), circle("b", "b, a, b"));
    }

    @Test
    void theDefaultProviderMayCloseTheCircle() {
        workers.put("pool", "<default>");
        remotes.add("pool");
        values.put("quarkus.llm.active", "pool");

        assertThat(problems()).containsExactly(circle("pool", "pool, pool"));
    }

    private static String circle(String worker, String path) {
        return "quarkus.llm-messaging.workers." + worker + ".provider leads in a circle (" + path + "), because each of these "
                + "is a remote provider whose requests the worker of the same name takes: set it to a provider that answers "
                + "itself";
    }

    @Test
    void aWorkerMayAskTheNextFleet() {
        workers.put("front", "back");
        remotes.add("back");
        connector = Optional.of("any");

        assertThat(problems()).isEmpty();
    }

    @Test
    void aProviderThatIsNotThereIsToldWithAllElse() {
        workers.put("pool", "nobody");
        workers.put("a.b", "nobody");
        remotes.add("health");

        assertThat(problems()).hasSize(3).startsWith(
                "quarkus.llm-messaging.workers.\"a.b\".provider: there is nobody",
                "quarkus.llm-messaging.workers.pool.provider: there is nobody");
    }

    @Test
    void aNameIsPartOfAChannel() {
        workers.put("", "local");
        remotes.add("a b");

        assertThat(problems()).hasSize(2).allMatch(problem -> problem.endsWith(": a name is part of the names of channels and "
                + "topics, and must be of 1 to 200 letters of ASCII, digits, dots, dashes and underscores: choose another "
                + "name"));
        assertThat(problems().get(0)).startsWith("quarkus.llm-messaging.workers.\"\":");
    }

    @Test
    void aRemoteIsAProviderAndNamedLikeOne() {
        remotes.add("health");

        assertThat(problems()).singleElement().asString()
                .startsWith("quarkus.llm-messaging.remotes.health: 'health' cannot be");
    }

    @Test
    void whereChannelsLeadIsToldWithAllElse() {
        workers.put("pool", "nobody");
        connector = Optional.of("any");
        values.put("mp.messaging.outgoing.pool-events.topic", "pool-requests");

        assertThat(problems()).hasSize(2).last().asString().startsWith("The channel pool-events of ");
    }

    private ChannelPlan plan() {
        return new ChannelPlan(workers.keySet(), remotes, application, connector);
    }

    private List<String> problems() {
        return new MessagingCheck(plan(), workers, Map.of(), key -> Optional.ofNullable(values.get(key)),
                name -> name.equals("nobody") ? Optional.of("there is nobody") : Optional.empty(),
                new InstalledConnectors(Set.of("any", "smallrye-kafka"), Set.of("any", "smallrye-kafka", "outgoing-only")))
                .problems();
    }
}
