/**
 * Keeps the state of the gateway, which is bytes under keys: in memory, or in Redis for several instances together.
 * <p>
 * May know the configuration of the gateway, and knows nothing of what the bytes are. Start reading at
 * {@link io.quarkiverse.llm.gateway.runtime.store.StateStore}.
 */
package io.quarkiverse.llm.gateway.runtime.store;
