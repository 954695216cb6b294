/**
 * What the gateway keeps of conversations.
 * <p>
 * May know the configuration of the gateway and where it stores things, and of the core its JSON and its wire APIs. Start
 * reading at {@link io.quarkiverse.llm.gateway.runtime.state.EventLog}.
 */
package io.quarkiverse.llm.gateway.runtime.state;
