package io.quarkiverse.llm.runtime.conflict;

import java.util.Map;
import java.util.Objects;

/**
 * A bean or an extension says that it is, or brings, the provider of that name.
 *
 * @param source the bean's class or producer, the extension's name
 * @param priority among claims of the same kind, higher goes first; of beans, what CDI has decided
 * @param settings that an extension says by which the server is known: {@code base-url}, {@code preset}; empty for others
 */
public record NameClaim(String name, Kind kind, String source, int priority, Map<String, String> settings) {

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

    /** A bean that CDI gives where the name is asked for, whatever other beans there are. */
    public static NameClaim ofBean(String name, String source, boolean chosen) {
        return new NameClaim(name, Kind.BEAN, source, chosen ? 1 : 0, Map.of());
    }

    Side side() {
        return kind == Kind.BEAN ? new Side("bean " + source, "")
                : new Side("extension " + source, "priority " + priority);
    }
}
