/**
 * Which provider answers a request, by the name of the model that it asks for, and which models there are.
 * <p>
 * May know the public API of the core, its registry of providers and its configuration. Start reading at
 * {@link io.quarkiverse.llm.gateway.runtime.routing.ModelRouter}.
 */
package io.quarkiverse.llm.gateway.runtime.routing;
