package io.quarkiverse.llm.scripted;

import io.vertx.core.json.JsonObject;

/** An event of an unknown type, as large as this, in the middle of an answer over a WebSocket. */
record HugeEvent(int bytes) implements Fault {

    private static final String TYPE = "acme:padding";

    Stage stage() {
        JsonObject event = new JsonObject().put("type", TYPE).put("padding", "");
        event.put("padding", "x".repeat(Math.max(0, bytes - Json.text(event).length())));
        return MessageStages.after(2, MessageStages.text(Json.text(event)));
    }

    /** The name by which {@link Fault#named} knows it. */
    @Override
    public String toString() {
        return "huge-event:" + bytes;
    }
}
