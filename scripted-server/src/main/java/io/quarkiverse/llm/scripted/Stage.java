package io.quarkiverse.llm.scripted;

import java.util.function.Consumer;

/** A change to the pieces of a body as they pass. Made anew for each answer that is played, since it may keep state. */
interface Stage {

    void accept(Piece piece, Consumer<Piece> out);

    /** The last piece has passed. */
    default void end(Consumer<Piece> out) {
    }
}
