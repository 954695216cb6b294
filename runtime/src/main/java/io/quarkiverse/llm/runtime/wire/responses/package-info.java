/**
 * The Responses API ({@code POST /responses}): requests out, whole responses and streams of events in.
 * <p>
 * May know what its parent package may know. Start reading at
 * {@link io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec}; how imperfect streams are understood is in
 * {@link io.quarkiverse.llm.runtime.wire.responses.OutputItems}.
 */
package io.quarkiverse.llm.runtime.wire.responses;
