package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.Optional;

import io.quarkiverse.llm.gateway.runtime.state.Turn;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/**
 * What a client asks.
 *
 * @param received as it says it, which its answer tells of
 * @param whole the same without what only the gateway knows of: the conversation is all in it, and nobody else keeps anything
 * @param turn of the conversation that the gateway keeps; empty where it keeps none
 * @param shortening how the conversation may be made shorter; empty where the client does not want that, or it cannot be
 */
record Asked(ReceivedRequest received, ReceivedRequest whole, Optional<Turn> turn, Optional<Shortening> shortening) {

    /** A request that says everything itself. */
    static Asked of(ReceivedRequest received) {
        return new Asked(received, received, Optional.empty(), Optional.empty());
    }
}
