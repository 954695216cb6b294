/**
 * The Responses API ({@code POST /responses}): requests out, whole answers and streams of events in.
 * <p>
 * May know what its parent package may know. Start reading at
 * {@link io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec}.
 */
package io.quarkiverse.llm.runtime.wire.responses;
