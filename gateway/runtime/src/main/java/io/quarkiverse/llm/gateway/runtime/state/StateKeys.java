package io.quarkiverse.llm.gateway.runtime.state;

/**
 * The keys under which the things of one owner are in the store. That the owner is part of them is what keeps owners apart.
 */
record StateKeys(String owner) {

    private String key(String kind, String id) {
        return owner + "/" + kind + "/" + id;
    }

    /** A response. */
    String response(String id) {
        return key("response", id);
    }

    /** The items that a response has added to its conversation, or that were added to one at once. */
    String turn(String id) {
        return key("turn", id);
    }

    /** There is something where later responses have gone on with that one. */
    String continued(String response) {
        return key("continued", response);
    }

    /** The id of the response that has an item. */
    String item(String id) {
        return key("item", id);
    }

    /** How the making of a response in the background stands. */
    String job(String response) {
        return key("job", response);
    }

    /** A part of the events of a response that is being made. */
    String chunk(String response, int number) {
        return key("events", response + "/" + number);
    }

    /** A conversation, without its items. */
    String conversation(String id) {
        return key("conversation", id);
    }

    /** The turn that has an item of a conversation. */
    String conversationItem(String id) {
        return key("conversation-item", id);
    }

    /** The events of a response. */
    String events(String response) {
        return key("events", response);
    }
}
