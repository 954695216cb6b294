package io.quarkiverse.llm.runtime.provider;

import java.util.Optional;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.transport.websocket.Attachment;
import io.quarkiverse.llm.runtime.transport.websocket.FrameSource;
import io.quarkiverse.llm.runtime.wire.InputSize;
import io.quarkiverse.llm.runtime.wire.responses.ConversationState;
import io.quarkiverse.llm.runtime.wire.responses.Turn;

/**
 * What is sent of a turn over WebSocket: only what is new where the connection knows the rest of the conversation. Keeps with
 * the connection what it knows after the answer. But for {@link #known}, to be used on the context of the exchange.
 */
final class TurnSource implements FrameSource {

    private final Turn turn;
    private final LlmRequest request;
    private Attachment connection = new Attachment();
    private boolean continued;

    TurnSource(Turn turn, LlmRequest request) {
        this.turn = turn;
        this.request = request;
    }

    @Override
    public int known(Attachment attachment) {
        ConversationState state = attachment.get(ConversationState.class).orElse(null);
        return state == null ? 0 : state.known(turn);
    }

    @Override
    public byte[] frame(Attachment attachment) {
        connection = attachment;
        Optional<ConversationState> state = attachment.get(ConversationState.class).filter(held -> held.known(turn) > 0);
        continued = state.isPresent();
        return state.map(turn::continuing).orElseGet(turn::whole);
    }

    @Override
    public long size() {
        return InputSize.of(request);
    }

    /** Whether what was sent last relies on what the connection knows. */
    boolean isContinued() {
        return continued;
    }

    /** The connection knows this turn, too. */
    void answered(LlmResponse response) {
        turn.answered(response).ifPresentOrElse(connection::set, connection::clear);
    }

    /** The server has forgotten, or will have: a failed continuation takes the state with it. */
    void forget() {
        connection.clear();
    }
}
