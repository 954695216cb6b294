package io.quarkiverse.llm.gateway.runtime.routing;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonText;

/**
 * A model as clients see it.
 *
 * @param id what clients ask for
 * @param provider as clients call it
 */
record ListedModel(String id, String provider, DiscoveredModel model) {

    /** OpenAI's {@code Model}, and what the server has said beyond that. */
    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("object", "model");
        json.writeNumberField("created", model.created());
        // the server's word, if it has one
        json.writeStringField("owned_by", model.ownedBy().orElse(provider));
        for (Map.Entry<String, RawJson> detail : model.details().entrySet()) {
            JsonText.write(json, detail.getKey(), detail.getValue());
        }
        json.writeEndObject();
    }
}
