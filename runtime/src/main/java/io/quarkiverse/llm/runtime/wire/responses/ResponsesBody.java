package io.quarkiverse.llm.runtime.wire.responses;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

/**
 * The body of a request to the Responses API before it is decoded: what it continues must be found first, since its
 * items belong to the input.
 */
public final class ResponsesBody {

    private final JsonFields fields;

    private ResponsesBody(JsonFields fields) {
        this.fields = fields;
    }

    /**
     * @param json UTF-8
     * @throws InvalidRequestException when it is no JSON object
     */
    public static ResponsesBody of(byte[] json) {
        try {
            return new ResponsesBody(JsonFields.of(new String(json, StandardCharsets.UTF_8)));
        } catch (JsonShapeException e) {
            throw InvalidRequestException.of(e);
        }
    }

    JsonFields fields() {
        return fields;
    }

    /** The response that it continues. */
    public Optional<String> previousResponseId() {
        return OddFields.word(fields, "previous_response_id");
    }

    /** The id of the conversation that it belongs to. */
    public Optional<String> conversation() {
        return OddFields.word(fields, "conversation").or(() -> fields.value("conversation").filter(JsonValue::isObject)
                .flatMap(conversation -> OddFields.word(conversation.object(), "id")));
    }

    /** Whether the response shall be kept, as it is unless the client says no. What else it may say is refused later. */
    public boolean isStored() {
        return fields.value("store").filter(value -> value.toString().equals("false")).isEmpty();
    }

    /** Any of its fields, as it was sent. */
    public Optional<RawJson> field(String name) {
        return fields.raw(name);
    }

    /** The items of the input as they were sent; a text is that of a user. */
    public List<RawJson> input() {
        Optional<JsonValue> input = fields.value("input");
        if (input.isEmpty()) {
            return List.of();
        } else if (input.get().isString()) {
            return List.of(RawJson.verbatim("{\"type\":\"message\",\"role\":\"user\",\"content\":"
                    + JsonText.quoted(input.get().string()) + "}"));
        }
        List<RawJson> items = new ArrayList<>();
        if (input.get().isList()) {
            input.get().list().forEach(item -> items.add(item.raw()));
        }
        return items;
    }

    /** The ids of the items that items of the input stand for, by their places in it. */
    public Map<Integer, String> references() {
        Map<Integer, String> ids = new TreeMap<>();
        List<JsonValue> items = fields.value("input").filter(JsonValue::isList).map(JsonValue::list).orElse(List.of());
        for (int i = 0; i < items.size(); i++) {
            int place = i;
            reference(items.get(i)).ifPresent(id -> ids.put(place, id));
        }
        return ids;
    }

    private static Optional<String> reference(JsonValue item) {
        return item.isObject() && InputReader.type(item.object()).equals(InputReader.REFERENCE)
                ? OddFields.word(item.object(), "id")
                : Optional.empty();
    }
}
