package io.quarkiverse.llm.runtime.wire.responses;

import java.util.Optional;

import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;

/** Fields of a replayed conversation: what is of another kind than it must be counts as not there. */
final class OddFields {

    private OddFields() {
    }

    static Optional<String> text(JsonFields fields, String name) {
        return fields.value(name).filter(JsonValue::isString).map(JsonValue::string);
    }

    /** A text that has something in it. */
    static Optional<String> word(JsonFields fields, String name) {
        return text(fields, name).filter(text -> !text.isBlank());
    }

    static Optional<ItemStatus> status(JsonFields item) {
        return text(item, "status").flatMap(ItemStatus::find);
    }
}
