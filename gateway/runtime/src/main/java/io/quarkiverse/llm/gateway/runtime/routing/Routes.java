package io.quarkiverse.llm.gateway.runtime.routing;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is configured of where requests go. Immutable. */
public final class Routes {

    private final SortedMap<String, Route> aliases = new TreeMap<>();
    private final List<Route> wildcards;

    private Routes(List<Route> routes) {
        routes.stream().filter(route -> !route.isWildcard()).forEach(route -> aliases.put(route.key(), route));
        wildcards = routes.stream().filter(Route::isWildcard)
                .sorted(Comparator.<Route> comparingInt(route -> route.key().length()).reversed()).toList();
    }

    /**
     * To be checked with {@link RoutesCheck} before.
     *
     * @param configured {@code quarkus.llm-gateway.routes}
     */
    public static Routes of(Map<String, String> configured) {
        return new Routes(configured.entrySet().stream().map(entry -> Route.of(entry.getKey(), entry.getValue())).toList());
    }

    /** The route of exactly that name. */
    Optional<Route> alias(String name) {
        return Optional.ofNullable(aliases.get(name));
    }

    /** All routes of exactly one name, by that name. */
    SortedMap<String, Route> aliases() {
        return aliases;
    }

    /** The longest route with a wildcard that stands for the name. */
    Optional<Route> wildcard(String name) {
        return wildcards.stream().filter(route -> name.startsWith(route.prefix())).findFirst();
    }
}
