/**
 * Providers whose requests workers elsewhere answer.
 * <p>
 * May know {@code .config} and {@code .channel}. Start reading at
 * {@link io.quarkiverse.llm.messaging.runtime.remote.RemoteProvider}.
 */
package io.quarkiverse.llm.messaging.runtime.remote;
