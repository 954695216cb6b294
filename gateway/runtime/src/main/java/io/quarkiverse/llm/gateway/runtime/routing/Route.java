package io.quarkiverse.llm.gateway.runtime.routing;

import java.util.Optional;

/**
 * What is configured for a name, or for all names that begin alike.
 *
 * @param key of it in the configuration, as it stands there
 * @param provider as the configuration calls it
 * @param model may hold a {@code *}; the provider's own model when empty
 */
record Route(String key, String provider, Optional<String> model) {

    static final String WILDCARD = "*";

    /** Splits the value at its first colon: names of models have colons too, those of providers have none. */
    static Route of(String key, String value) {
        int colon = value.indexOf(':');
        return colon < 0 ? new Route(key, value.strip(), Optional.empty())
                : new Route(key, value.substring(0, colon).strip(), Optional.of(value.substring(colon + 1).strip()));
    }

    boolean isWildcard() {
        return key.endsWith(WILDCARD);
    }

    /** What all names begin with that a wildcard stands for. */
    String prefix() {
        return key.substring(0, key.length() - WILDCARD.length());
    }

    /** The model that is asked for when a client asks for this name. */
    Optional<String> modelFor(String name) {
        return isWildcard() ? model.map(text -> text.replace(WILDCARD, name.substring(prefix().length()))) : model;
    }
}
