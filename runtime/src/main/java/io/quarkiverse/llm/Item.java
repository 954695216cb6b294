package io.quarkiverse.llm;

import java.util.Optional;

/**
 * One step of a conversation: what goes into a request and what comes out in a response.
 * <p>
 * The order of items is the order of the conversation. An item of a response can be put into the next request as it is.
 */
public sealed interface Item permits Message, ToolCall, ToolOutput, Reasoning, ItemReference, OpaqueItem {

    /** The id the server gave it, or the one made up for a server that gives none. Items made by hand need none. */
    Optional<String> id();

    /** How far it has come; items made by hand need none. */
    Optional<ItemStatus> status();
}
