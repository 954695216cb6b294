package io.quarkiverse.llm.runtime.wire.responses;

import java.util.Set;

/**
 * What the server at the other end of a connection knows of a conversation after a response: by what id, with which settings,
 * and all items up to the last one of its answer. Holds digests of them, not the items. Immutable.
 * <p>
 * A later turn continues it when its history begins with these items, unchanged, and goes on with others, and when everything
 * else is the same: model, instructions, tools and the choice among them, options, format, store, metadata, what is asked to be
 * included and the rest of the body. Key and headers belong to the connection. What the encoder leaves out or rewrites because
 * of the new items must be the same, too: instructions that join the first ones, or an output of a cut call that was not sent,
 * need the whole input again.
 * <p>
 * What the server said itself it knows better than a history could tell it: reasoning that it neither stores nor encrypts is
 * lost in a whole input, and kept here.
 */
public final class ConversationState {

    private final String responseId;
    private final Digest settings;
    private final KnownItem[] items;
    private final Set<String> droppedCallIds;

    /**
     * @param droppedCallIds of the items, the calls that the server was not told because nobody had answered them
     */
    ConversationState(String responseId, Digest settings, KnownItem[] items, Set<String> droppedCallIds) {
        this.responseId = responseId;
        this.settings = settings;
        this.items = items;
        this.droppedCallIds = droppedCallIds;
    }

    /** Of the response that the next turn follows. */
    public String responseId() {
        return responseId;
    }

    /**
     * How many items of the turn, from the first one on, the server knows; 0 when it must get them all. That is not more than a
     * comparison of two references for each item that is the same instance as it was.
     *
     * @param turn of the codec that the state is of, with the key and the headers of its connection
     */
    public int known(Turn turn) {
        int known = items.length;
        if (turn.isKnownTo(this)) {
            return known;
        }
        if (!turn.isContinuable() || turn.size() <= known || !turn.settings().equals(settings)) {
            return 0;
        }
        // conversations differ at their ends
        for (int i = known - 1; i >= 0; i--) {
            if (!turn.isAt(i, items[i])) {
                return 0;
            }
        }
        if (turn.answers(droppedCallIds, known) || !turn.brings(known)) {
            return 0;
        }
        turn.knownTo(this);
        return known;
    }
}
