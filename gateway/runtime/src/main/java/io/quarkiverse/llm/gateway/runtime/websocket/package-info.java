/**
 * The Responses API over WebSockets: how requests come in frames and answers go out in frames.
 * <p>
 * May know all that stands below in the gateway, the core's wire APIs and Vert.x, but nothing of routes. Start reading at
 * {@link io.quarkiverse.llm.gateway.runtime.websocket.OpenWebSockets}.
 */
package io.quarkiverse.llm.gateway.runtime.websocket;
