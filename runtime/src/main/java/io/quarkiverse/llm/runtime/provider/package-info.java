/**
 * Providers made of settings, a wire API and a transport: the engine that turns bytes from the network into what
 * subscribers rely on, one terminal signal, order and demand included.
 * <p>
 * May know the public API, configuration, the wire APIs, the transport and Vert.x. Internal, but used by the gateway and
 * messaging extensions of the same version. Start reading at {@link io.quarkiverse.llm.runtime.provider.WireProvider}.
 */
package io.quarkiverse.llm.runtime.provider;
