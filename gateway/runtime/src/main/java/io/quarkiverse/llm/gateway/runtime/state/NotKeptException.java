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
