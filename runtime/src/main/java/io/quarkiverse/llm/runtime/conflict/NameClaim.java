package io.quarkiverse.llm.runtime.conflict;

import java.util.Map;
import java.util.Objects;

/**
 * A bean or an extension says that it is, or brings, the provider of that name.
 *
 * @param source the bean's class or producer, the extension's name
 * @param priority among claims of the same kind, higher goes first; of beans, what CDI has decided
 * @param settings that an extension says by which the server is known: {@code base-url}, {@code preset}; empty for others
 * @param standsIn whether it is there to be used instead of another one: an alternative of CDI, a mock in a test
 */
public record NameClaim(String name, Kind kind, String source, int priority, Map<String, String> settings,
        boolean standsIn) {

    /** Who claims, in the order of who goes first; configuration stands between beans and extensions. */
    public enum Kind {
        /** Of the application. */
        BEAN,
        /** Its provider, or its settings of one. */
        EXTENSION,
        /** No more than that there is such a name: the settings come from elsewhere. Nobody is in its way. */
        NAME
    }

    public NameClaim {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(source, "source");
        settings = Map.copyOf(settings);
    }

    /**
     * Of a bean.
     *
     * @param chosen whether it is the one that CDI gives where the name is asked for
     */
    public static NameClaim ofBean(String name, String source, boolean chosen, boolean alternative) {
        return new NameClaim(name, Kind.BEAN, source, chosen ? 1 : 0, Map.of(), alternative);
    }

    /** Of an extension, or of a name alone. */
    public static NameClaim ofExtension(String name, Kind kind, String source, int priority, Map<String, String> settings) {
        return new NameClaim(name, kind, source, priority, settings, false);
    }

    Side side() {
        return kind == Kind.BEAN ? new Side("bean " + source, "")
                : new Side("extension " + source, "priority " + priority);
    }
}
