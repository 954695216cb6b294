package io.quarkiverse.llm.gateway.runtime.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Requests that tests begin with. */
final class Requests {

    private Requests() {
    }

    /** For a response, in events. */
    static JsonObject response(String input) {
        return new JsonObject().put("model", "scripted").put("input", input).put("stream", true);
    }

    /** For a chat completion, in chunks. */
    static JsonObject chat(String user) {
        return new JsonObject().put("model", "scripted").put("stream", true).put("messages",
                new JsonArray().add(new JsonObject().put("role", "user").put("content", user)));
    }

    static JsonObject function(String name) {
        return new JsonObject().put("type", "function").put("name", name).put("description", "Does " + name)
                .put("parameters", new JsonObject("""
                        {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}
                        """));
    }
}
