package io.quarkiverse.llm;

import java.util.Optional;
import java.util.SortedSet;

/**
 * All providers of the application: configured ones, also those whose names only the run time knows, and beans. Inject it
 * where the name of a provider is data.
 * <p>
 * Thread-safe. A provider from here stays valid for the life of the application.
 */
public interface LlmProviders {

    /**
     * @param name the name in the configuration; {@link LlmClient#DEFAULT} for the default provider
     * @throws IllegalArgumentException when there is no such provider; the message names the ones there are
     */
    LlmProvider get(String name);

    /** As {@link #get(String)}, empty when there is no such provider. */
    Optional<LlmProvider> find(String name);

    /**
     * The provider that is injected without a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    LlmProvider defaultProvider();

    /** All names in alphabetical order, {@link LlmClient#DEFAULT} among them when there is a default provider. */
    SortedSet<String> names();

    /** The name of the provider that stands behind the default one; empty when that has its own configuration. */
    Optional<String> active();
}
