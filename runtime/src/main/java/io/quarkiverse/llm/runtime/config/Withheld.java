package io.quarkiverse.llm.runtime.config;

/** Says which secrets of a provider must not go to its server, because they were meant for another one. */
@FunctionalInterface
public interface Withheld {

    /** All go to the server. */
    Withheld NOTHING = (provider, key) -> false;

    /**
     * @param key of the setting: {@code api-key}, {@code headers.X-Team}
     */
    boolean test(String provider, String key);

    /** What one of the two withholds. */
    default Withheld or(Withheld other) {
        return (provider, key) -> test(provider, key) || other.test(provider, key);
    }
}
