package io.quarkiverse.llm.gateway.runtime.http;

import java.util.List;
import java.util.Map;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.answer.JsonBytes;
import io.quarkiverse.llm.gateway.runtime.state.ItemResource;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.vertx.core.buffer.Buffer;

/** What a client sends to a conversation. Whatever is wrong with it is an {@link InvalidRequestException}. */
record ConversationBody(JsonFields fields) {

    private static final int MOST_ITEMS = 20;
    private static final int MOST_METADATA = 16;

    static ConversationBody of(Buffer body) {
        byte[] json = JsonBytes.of(body);
        try {
            // some clients send nothing where nothing must be said
            return new ConversationBody(JsonFields.of(json.length == 0 ? "{}" : Buffer.buffer(json).toString()));
        } catch (JsonShapeException e) {
            throw InvalidRequestException.of(e);
        }
    }

    /** An object of strings; empty where none is sent. */
    RawJson metadata() {
        try {
            Map<String, JsonValue> metadata = fields.object("metadata").map(JsonFields::toMap).orElse(Map.of());
            metadata.values().forEach(JsonValue::string);
            if (metadata.size() > MOST_METADATA) {
                throw new InvalidRequestException("\"metadata\" must have at most " + MOST_METADATA + " fields", "metadata",
                        "object_above_max_properties");
            }
            return fields.raw("metadata").orElse(RawJson.verbatim("{}"));
        } catch (JsonShapeException e) {
            throw InvalidRequestException.of(e);
        }
    }

    RawJson requiredMetadata() {
        require("metadata");
        return metadata();
    }

    List<RawJson> requiredItems() {
        require("items");
        return items();
    }

    private void require(String field) {
        if (!fields.has(field)) {
            throw new InvalidRequestException("\"" + field + "\" is missing", field, "missing_required_parameter");
        }
    }

    List<RawJson> items() {
        try {
            List<JsonValue> items = fields.list("items");
            if (items.size() > MOST_ITEMS) {
                throw new InvalidRequestException("\"items\" must have at most " + MOST_ITEMS + " items", "items",
                        "array_above_max_length");
            }
            items.forEach(JsonValue::object);
            for (int i = 0; i < items.size(); i++) {
                check(i, ItemResource.type(items.get(i).raw()));
            }
            return items.stream().map(JsonValue::raw).toList();
        } catch (JsonShapeException e) {
            throw InvalidRequestException.of(e);
        }
    }

    private static void check(int place, String type) {
        if (type.isEmpty() || type.equals("item_reference")) {
            throw new InvalidRequestException("\"items[" + place + "]\" must be an item itself, with its type",
                    "items[" + place + "]", "invalid_value");
        }
    }
}
