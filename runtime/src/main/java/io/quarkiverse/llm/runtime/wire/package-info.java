/**
 * The wire APIs as pure functions between bytes and the canonical model, one folder each: no input or output, no threads,
 * no beans. This package holds what they share.
 * <p>
 * May know the public API, configuration and JSON. Internal, but used by the gateway and messaging extensions of the same
 * version. Start reading at {@link io.quarkiverse.llm.runtime.wire.WireCodec}.
 */
package io.quarkiverse.llm.runtime.wire;
