package io.quarkiverse.llm.gateway.runtime.state;

/** A client refers to what is not kept, or not for it. The message is a sentence for the client. */
public final class NotKeptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String param;

    NotKeptException(String message, String param) {
        super(message, null, false, false);
        this.param = param;
    }

    /** The field that refers to it. */
    public String param() {
        return param;
    }

    /** A response that is unknown, deleted or another owner's: nobody can tell which. */
    public static NotKeptException response(String id) {
        return new NotKeptException("Response with id '" + id + "' not found.", "response_id");
    }

    /** As {@link #response}, where there can be none. */
    public static NotKeptException responseOfNoStore(String id) {
        return new NotKeptException("Response with id '" + id + "' not found. This gateway keeps nothing:"
                + " quarkus.llm-gateway.store.enabled is false", "response_id");
    }

    static NotKeptException conversation(String id) {
        return new NotKeptException("Conversation with id '" + id + "' not found.", "conversation");
    }

    static NotKeptException conversationItem(String conversation, String id) {
        return new NotKeptException("Item with id '" + id + "' not found in conversation '" + conversation + "'.", "item_id");
    }

    static NotKeptException item(String id) {
        return new NotKeptException(
                "Item with id '" + id + "' not found. Items are not kept when \"store\" is false, or when they"
                        + " have not been used for too long: send the item itself",
                "input");
    }
}
