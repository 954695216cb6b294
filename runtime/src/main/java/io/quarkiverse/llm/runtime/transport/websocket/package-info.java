/**
 * Exchanges with a server over WebSockets that are kept: connections and their life, the pool of them, time limits,
 * backpressure. Messages in, messages out.
 * <p>
 * May know the public API, configuration, the SSE writer, {@code runtime.transport} and Vert.x, but no wire API: what a message
 * says is the business of who asks. Start reading at
 * {@link io.quarkiverse.llm.runtime.transport.websocket.WebSocketTransport}.
 */
package io.quarkiverse.llm.runtime.transport.websocket;
