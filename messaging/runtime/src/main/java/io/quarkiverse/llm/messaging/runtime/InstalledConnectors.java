package io.quarkiverse.llm.messaging.runtime;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The connectors that are in the application.
 *
 * @param incoming the names of those that can be read from
 * @param outgoing the names of those that can be written to
 */
record InstalledConnectors(Set<String> incoming, Set<String> outgoing) {

    InstalledConnectors {
        incoming = Set.copyOf(incoming);
        outgoing = Set.copyOf(outgoing);
    }

    /** Those that can be both read from and written to, in the order of the alphabet. */
    Stream<String> both() {
        return incoming.stream().filter(outgoing::contains).sorted();
    }

    /** What to do about a connector that is not there; empty when it is. */
    Optional<String> problem(String key, String connector, boolean read) {
        Set<String> names = read ? incoming : outgoing;
        // Reactive Messaging knows its connectors by their short names as well
        if (names.contains(connector) || names.contains("smallrye-" + connector)) {
            return Optional.empty();
        }
        return Optional.of(key + " is " + connector + ", but the application has no such connector to "
                + (read ? "read from" : "write to") + ": add the extension that brings it, or set it to one that is there ("
                + (names.isEmpty() ? "there is none" : String.join(", ", new TreeSet<>(names))) + ")");
    }
}
