package io.quarkiverse.llm.messaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.messaging.runtime.channel.ChannelPlan;

class AddressCheckTest {

    private final Set<String> workers = new HashSet<>();
    private final Set<String> remotes = new HashSet<>();
    private final Map<String, String> replyTo = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();
    private Optional<String> connector = Optional.of("smallrye-kafka");

    @ParameterizedTest
    @ValueSource(strings = { "events", "responses", "dead-letters" })
    void whatAWorkerWritesIsNotWhatItReads(String content) {
        workers.add("pool");
        values.put("mp.messaging.outgoing.pool-" + content + ".topic", "asked");
        values.put("mp.messaging.incoming.pool-requests.topics", "other,asked");

        assertThat(problems()).containsExactly("The channel pool-" + content + " of quarkus.llm-messaging.workers.pool goes to "
                + "'asked', which the channel pool-requests of quarkus.llm-messaging.workers.pool reads: set "
                + "mp.messaging.outgoing.pool-" + content + ".topic or mp.messaging.incoming.pool-requests.topics to another "
                + "one");
    }

    @Test
    void norWhatAnotherWorkerOfTheApplicationReads() {
        workers.addAll(Set.of("a", "b"));
        values.put("mp.messaging.outgoing.a-dead-letters.topic", "b-cancels");

        assertThat(problems()).containsExactly("The channel a-dead-letters of quarkus.llm-messaging.workers.a goes to "
                + "'b-cancels', which the channel b-cancels of quarkus.llm-messaging.workers.b reads: set "
                + "mp.messaging.outgoing.a-dead-letters.topic to another one");
    }

    @Test
    void aRemoteDoesNotReadItsOwnRequestsAsEvents() {
        remotes.add("pool");
        values.put("mp.messaging.incoming.pool-events.topic", "pool-requests");

        assertThat(problems()).containsExactly("The channel pool-requests of quarkus.llm-messaging.remotes.pool goes to "
                + "'pool-requests', which the channel pool-events of quarkus.llm-messaging.remotes.pool reads: set "
                + "mp.messaging.incoming.pool-events.topic to another one");
    }

    @Test
    void aRemoteMayAskAWorkerOfAnotherNameThroughTheBroker() {
        workers.add("a");
        remotes.add("b");
        values.putAll(Map.of("mp.messaging.outgoing.b-requests.topic", "a-requests",
                "mp.messaging.outgoing.b-cancels.topic", "a-cancels", "mp.messaging.incoming.b-events.topic", "a-events"));

        assertThat(problems()).isEmpty();
    }

    @Test
    void butItsCancelsAreNoRequests() {
        workers.add("a");
        remotes.add("b");
        values.put("mp.messaging.outgoing.b-cancels.topic", "a-requests");

        assertThat(problems()).singleElement().asString().startsWith("The channel b-cancels of ");
    }

    @Test
    void theSameNameElsewhereIsAnotherPlace() {
        workers.add("pool");
        values.put("mp.messaging.outgoing.pool-events.topic", "pool-requests");
        values.put("mp.messaging.outgoing.pool-events.connector", "smallrye-mqtt");
        assertThat(problems()).isEmpty();
        values.put("mp.messaging.outgoing.pool-events.connector", "kafka");
        assertThat(problems()).hasSize(1);
        values.put("mp.messaging.outgoing.pool-events.bootstrap.servers", "elsewhere:9092");
        assertThat(problems()).isEmpty();
    }

    @Test
    void withinTheProcessThereIsNoAddress() {
        workers.add("pool");
        values.put("mp.messaging.outgoing.pool-events.topic", "pool-requests");
        connector = Optional.of(ChannelPlan.IN_MEMORY);
        assertThat(problems()).isEmpty();
        connector = Optional.empty();
        assertThat(problems()).isEmpty();
    }

    @Test
    void answersDoNotGoWhereRequestsGo() {
        remotes.addAll(Set.of("a", "b", "c", "d"));
        connector = Optional.of("any");
        replyTo.putAll(Map.of("a", "a-requests", "b", "b-cancels", "c", "asked", "d", "d-requests"));
        values.put("mp.messaging.outgoing.c-requests.topic", "asked");
        values.put("mp.messaging.outgoing.d-requests.topic", "elsewhere");

        assertThat(problems()).containsExactly(comesBack("a", "a-requests", "a-requests"),
                comesBack("b", "b-cancels", "b-cancels"), comesBack("c", "asked", "c-requests"));
    }

    private static String comesBack(String remote, String address, String channel) {
        return "quarkus.llm-messaging.remotes." + remote + ".reply-to is '" + address + "', where the channel " + channel
                + " goes, so that workers would get their own answers: set it to what the channel " + remote
                + "-events reads, or remove it";
    }

    @Test
    void answersGoWhereTheRemoteReads() {
        remotes.addAll(Set.of("a", "b", "c"));
        replyTo.putAll(Map.of("a", "a-events-1", "b", "b-events-1", "c", "c-events"));
        values.put("mp.messaging.incoming.b-events.topics", "other,b-events-1");

        assertThat(problems()).containsExactly("quarkus.llm-messaging.remotes.a.reply-to is 'a-events-1', but the channel "
                + "a-events reads 'a-events', so that no answer would come: set mp.messaging.incoming.a-events.topic to "
                + "'a-events-1', or remove quarkus.llm-messaging.remotes.a.reply-to");
        values.put("mp.messaging.incoming.a-events.topic", "a-events-2");
        assertThat(problems()).singleElement().asString().contains("reads 'a-events-2'");
    }

    @Test
    void aPatternMayReadThem() {
        remotes.add("pool");
        replyTo.put("pool", "pool-events-1");
        values.putAll(Map.of("mp.messaging.incoming.pool-events.topic", "pool-events-.",
                "mp.messaging.incoming.pool-events.pattern", "true"));

        assertThat(problems()).isEmpty();
    }

    @Test
    void theAddressMayBeThatOfAllChannelsOfTheConnector() {
        remotes.add("pool");
        replyTo.put("pool", "pool-events-1");
        values.put("mp.messaging.connector.smallrye-kafka.topic", "pool-events-1");

        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "smallrye-amqp", ChannelPlan.IN_MEMORY })
    void howAnotherConnectorWritesAnAddressIsItsOwnBusiness(String other) {
        remotes.add("pool");
        replyTo.put("pool", "mine::also mine");
        connector = Optional.of(other);

        assertThat(problems()).isEmpty();
    }

    @Test
    void aWorkerOfTheSameApplicationAnswersWithoutAnAddress() {
        workers.add("pool");
        remotes.add("pool");
        replyTo.put("pool", "mine");

        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "my events", "..", "events ", "é" })
    void whatIsNoNameOfATopicGetsNoAnswer(String address) {
        remotes.add("pool");
        replyTo.put("pool", address);
        values.put("mp.messaging.incoming.pool-events.topic", address);

        assertThat(problems()).containsExactly("quarkus.llm-messaging.remotes.pool.reply-to is '" + address
                + "', which Kafka takes for no topic: a name is of 1 to 249 letters of ASCII, digits, dots, dashes and "
                + "underscores");
    }

    private List<String> problems() {
        ChannelPlan plan = new ChannelPlan(workers, remotes, Set.of(), connector);
        return new AddressCheck(plan, replyTo, key -> Optional.ofNullable(values.get(key))).problems();
    }
}
