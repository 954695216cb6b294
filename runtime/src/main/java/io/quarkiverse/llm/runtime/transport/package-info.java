/**
 * The exchange with a server over the network: connections, time limits, backpressure, cancellation. Bytes in, bytes out.
 * <p>
 * May know the public API, configuration, the SSE reader and Vert.x, but no wire API. Start reading at
 * {@link io.quarkiverse.llm.runtime.transport.Transport}.
 */
package io.quarkiverse.llm.runtime.transport;
