package io.quarkiverse.llm;

import java.util.Optional;
import java.util.SortedSet;

/**
 * All providers of the application: configured ones, also those whose names only the run time knows, and beans. Inject it
 * where the name of a provider is data, or to change settings while the application runs.
 * <p>
 * A change is validated first and then made as a whole: a request takes the settings of the moment it is subscribed to, and
 * keeps them to its end; the connections of what was replaced close when its last request is over. The providers that are
 * injected stay the same objects. Changes last until they are reset, or the application ends; in development mode they outlive
 * restarts. Each one is told to observers of {@link LlmProviderChange}. Who may make them is the application's business:
 * nothing here asks.
 * <p>
 * Thread-safe. A provider from here stays valid for the life of the application. A change reads the configuration anew, which
 * takes some ten milliseconds: not on an event loop.
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

    /**
     * What a provider works with at this moment, and where each of its settings comes from. Secrets are masked.
     *
     * @throws IllegalArgumentException when there is no such provider; the message names the ones there are
     */
    LlmProviderSettings settings(String name);

    /**
     * Puts a provider behind the default one, as {@code quarkus.llm.active} does.
     *
     * @param name {@link LlmClient#DEFAULT} for the default provider's own configuration
     * @throws IllegalArgumentException with a sentence, when there is no such provider, its settings are wrong, or the default
     *         provider is a bean
     */
    void activate(String name);

    /**
     * Changes settings of a provider that is configured. What earlier updates have set stays. When the server is another host
     * than the configured one, no key, header or query parameter of the configuration goes there: it must be given anew, in
     * the same update or a later one.
     *
     * @throws IllegalArgumentException with a sentence that names the key and the mend, when a setting does not exist or its
     *         value is wrong, or the provider is a bean or does not exist; nothing has changed then
     */
    void update(String name, LlmProviderUpdate update);

    /**
     * Drops the updates of a provider: what is configured holds again. For {@link LlmClient#DEFAULT} also what was activated.
     *
     * @throws IllegalArgumentException when there is no such provider, or what is configured is wrong
     */
    void reset(String name);

    /** Drops all that was changed while the application ran. */
    void reset();
}
