/**
 * What the application says of its providers, read and resolved into immutable settings, and what is known of servers.
 * <p>
 * May know the public API alone. Start reading at {@link io.quarkiverse.llm.runtime.config.ProviderSettings}.
 */
package io.quarkiverse.llm.runtime.config;
