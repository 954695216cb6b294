/**
 * How requests are answered, whatever they came over: read, sent to a provider, and its answer handed on as the client expects
 * it.
 * <p>
 * May know all that stands below in the gateway, the core's wire APIs and Vert.x, but no HTTP server. Start reading at
 * {@link io.quarkiverse.llm.gateway.runtime.answer.Answering}.
 */
package io.quarkiverse.llm.gateway.runtime.answer;
