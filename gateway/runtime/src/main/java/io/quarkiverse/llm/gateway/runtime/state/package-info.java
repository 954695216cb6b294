/**
 * What the gateway keeps of conversations, and for whom: responses with their items, so that later requests can go on with
 * them.
 * Everything belongs to an owner; for all others it is not there.
 * <p>
 * May know the store and the core's JSON and Responses API. Start reading at
 * {@link io.quarkiverse.llm.gateway.runtime.state.Turns}.
 */
package io.quarkiverse.llm.gateway.runtime.state;
