package io.quarkiverse.llm.messaging.deployment;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The names of workers and remote providers that the build sees. There may be more when the application runs.
 *
 * @param workers those that are enabled
 * @param remotes those that are enabled
 */
record ConfiguredNames(SortedSet<String> workers, SortedSet<String> remotes) {

    private static final String WORKERS = "quarkus.llm-messaging.workers.";
    private static final String REMOTES = "quarkus.llm-messaging.remotes.";

    /**
     * @param keys all of the configuration
     * @param values by key
     */
    static ConfiguredNames of(Iterable<String> keys, Function<String, Optional<String>> values) {
        SortedSet<String> workers = new TreeSet<>();
        SortedSet<String> remotes = new TreeSet<>();
        Set<String> disabled = new HashSet<>();
        // once only: SmallRye's names cannot be gone through again
        for (String key : keys) {
            name(key, WORKERS).ifPresent(workers::add);
            name(key, REMOTES).ifPresent(remotes::add);
            if (key.endsWith(".enabled") && (key.startsWith(WORKERS) || key.startsWith(REMOTES))
                    && values.apply(key).filter("false"::equals).isPresent()) {
                disabled.add(key);
            }
        }
        disabled.forEach(key -> {
            name(key, WORKERS).ifPresent(workers::remove);
            name(key, REMOTES).ifPresent(remotes::remove);
        });
        return new ConfiguredNames(workers, remotes);
    }

    private static Optional<String> name(String key, String prefix) {
        if (!key.startsWith(prefix)) {
            return Optional.empty();
        }
        String rest = key.substring(prefix.length());
        int end = rest.startsWith("\"") ? rest.indexOf('"', 1) : rest.indexOf('.');
        return end < 0 ? Optional.empty() : Optional.of(rest.substring(rest.startsWith("\"") ? 1 : 0, end));
    }
}
