package io.quarkiverse.llm.messaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.messaging.runtime.channel.ChannelPlan;

class InMemoryInDevModeTest {

    private static final String IN_MEMORY = ChannelPlan.IN_MEMORY;
    private final Set<String> workers = new HashSet<>();
    private final Set<String> remotes = new HashSet<>();
    private final Set<String> application = new HashSet<>();
    private final Map<String, String> values = new HashMap<>();
    private Optional<String> connector = Optional.of(IN_MEMORY);
    private Set<String> installed = Set.of(IN_MEMORY, "smallrye-kafka");

    @Test
    void aRemoteAloneHasNobodyToAnswer() {
        remotes.add("pool");

        assertThat(warnings()).containsExactly("Channels of quarkus.llm-messaging.remotes.pool are in memory, and nobody reads "
                + "pool-requests: set %dev.quarkus.llm-messaging.connector=smallrye-kafka, or configure "
                + "quarkus.llm-messaging.workers.pool");
    }

    @Test
    void aWorkerAloneHasNobodyToAsk() {
        workers.add("gpt-4.1");

        assertThat(warnings()).containsExactly("Channels of quarkus.llm-messaging.workers.\"gpt-4.1\" are in memory, and "
                + "nobody writes gpt-4.1-requests: set %dev.quarkus.llm-messaging.connector=smallrye-kafka, or configure "
                + "quarkus.llm-messaging.remotes.\"gpt-4.1\"");
    }

    @Test
    void whereTheChannelItselfSaysSoThatIsTheKey() {
        remotes.add("pool");
        connector = Optional.of("smallrye-kafka");
        values.put("mp.messaging.outgoing.pool-requests.connector", "in-memory");

        assertThat(warnings()).singleElement().asString()
                .contains("set %dev.mp.messaging.outgoing.pool-requests.connector=smallrye-kafka, or ");
    }

    @Test
    void withoutAnotherConnectorOneIsMissing() {
        remotes.add("pool");
        installed = Set.of(IN_MEMORY);

        assertThat(warnings()).singleElement().asString()
                .contains(": add the extension of a connector and set %dev.quarkus.llm-messaging.connector to it, or ");
    }

    @Test
    void eachIsToldOnce() {
        workers.add("a");
        remotes.addAll(Set.of("b", "c"));

        assertThat(warnings()).hasSize(3);
    }

    @Test
    void whoIsTiedToAnotherNeedsNone() {
        workers.add("pool");
        remotes.addAll(Set.of("pool", "by-hand"));
        application.addAll(Set.of("incoming.by-hand-requests", "outgoing.by-hand-events"));

        assertThat(warnings()).isEmpty();
    }

    @Test
    void aBrokerMayHaveOthers() {
        workers.add("pool");
        remotes.add("other");
        connector = Optional.of("smallrye-kafka");

        assertThat(warnings()).isEmpty();
    }

    private List<String> warnings() {
        ChannelPlan plan = new ChannelPlan(workers, remotes, application, connector);
        return new InMemoryInDevMode(plan, key -> Optional.ofNullable(values.get(key)),
                new InstalledConnectors(installed, bothAnd("a-to-write-only"))).warnings();
    }

    private Set<String> bothAnd(String other) {
        Set<String> names = new HashSet<>(installed);
        names.add(other);
        return names;
    }
}
