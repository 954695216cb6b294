/**
 * Makes requests such that a provider can take them, and undoes in the answer what was done to the request: tools, and what a
 * replayed conversation holds.
 * <p>
 * Works on the canonical model alone: from requests to requests, from events to events. May know the public API of the core and
 * what its wire APIs share. Start reading at {@link io.quarkiverse.llm.gateway.runtime.translation.Translation}.
 */
package io.quarkiverse.llm.gateway.runtime.translation;
