/**
 * The Responses API ({@code POST /responses}) in both directions: requests and whole answers, and streams of events, which are
 * repaired where a server departs from the order that it should keep.
 * <p>
 * Over WebSocket a {@link io.quarkiverse.llm.runtime.wire.responses.Turn} brings what the connection's
 * {@link io.quarkiverse.llm.runtime.wire.responses.ConversationState} does not have yet.
 * <p>
 * May know what its parent package may know. Start reading at {@link io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec},
 * and for the server's side at {@link io.quarkiverse.llm.runtime.wire.responses.ResponsesServerCodec}.
 */
package io.quarkiverse.llm.runtime.wire.responses;
