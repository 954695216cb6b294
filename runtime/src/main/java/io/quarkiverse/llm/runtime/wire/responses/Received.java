package io.quarkiverse.llm.runtime.wire.responses;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;

/** Fields of what a server sent: one that is empty or of another kind than expected counts as not there. */
final class Received {

    private Received() {
    }

    /** {@code null} when there is none. */
    static String text(JsonFields object, String field) {
        return object.value(field).filter(JsonValue::isString).map(JsonValue::string).filter(text -> !text.isEmpty())
                .orElse(null);
    }

    static Optional<JsonFields> object(JsonFields object, String field) {
        return object.value(field).filter(JsonValue::isObject).map(JsonValue::object);
    }

    static List<JsonValue> list(JsonFields object, String field) {
        return object.value(field).filter(JsonValue::isList).map(JsonValue::list).orElse(List.of());
    }
}
