package io.quarkiverse.llm.scripted;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Lists of models as the API has them. */
final class Models {

    private Models() {
    }

    static JsonObject of(String... ids) {
        JsonArray data = new JsonArray();
        for (String id : ids) {
            data.add(new JsonObject().put("id", id).put("object", "model").put("created", 0).put("owned_by", "scripted"));
        }
        return new JsonObject().put("object", "list").put("data", data);
    }
}
