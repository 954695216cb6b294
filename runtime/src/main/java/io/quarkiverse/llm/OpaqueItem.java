package io.quarkiverse.llm;

import java.util.Objects;
import java.util.Optional;

/**
 * An item of a type that is not modelled here: the call of a hosted tool, a compaction, what servers will think of next.
 * It goes back to the server exactly as it came.
 *
 * @param type the value of its {@code type} field
 * @param json the whole item
 */
public record OpaqueItem(String type, RawJson json) implements Item {

    public OpaqueItem {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(json, "json");
    }

    @Override
    public Optional<String> id() {
        return Optional.ofNullable(json.toJsonObject().getString("id"));
    }

    @Override
    public Optional<ItemStatus> status() {
        return Optional.ofNullable(json.toJsonObject().getString("status")).flatMap(ItemStatus::find);
    }
}
