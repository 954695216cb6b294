/**
 * What the application says of its providers, read and resolved into immutable settings.
 * <p>
 * May know the public API alone, and the two packages inside: how values are written, and what is known of servers. Start
 * reading at {@link io.quarkiverse.llm.runtime.config.ProviderSettings}.
 */
package io.quarkiverse.llm.runtime.config;
