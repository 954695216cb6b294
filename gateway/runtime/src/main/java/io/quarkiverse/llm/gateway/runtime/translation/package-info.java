/**
 * Makes requests such that a provider can take them, and undoes in the answer what was done to the request: tools, and what a
 * replayed conversation holds.
 * <p>
 * Works on the canonical model alone: from requests to requests, from events to events. May know how content is
 * sealed, the public API of the core, its settings and presets, and what its wire APIs share. Start reading at
 * {@link io.quarkiverse.llm.gateway.runtime.translation.Translation}: tools go on at {@code LoweredTools} and come back at
 * {@code RestoredCalls}, the conversation goes on at {@code History}.
 */
package io.quarkiverse.llm.gateway.runtime.translation;
