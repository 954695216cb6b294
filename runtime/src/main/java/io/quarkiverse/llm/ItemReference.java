package io.quarkiverse.llm;

import java.util.Objects;
import java.util.Optional;

/**
 * Stands in a request for an item that the server has stored.
 *
 * @param itemId the id the item had in its response
 */
public record ItemReference(String itemId) implements Item {

    public ItemReference {
        Objects.requireNonNull(itemId, "itemId");
    }

    @Override
    public Optional<String> id() {
        return Optional.of(itemId);
    }

    @Override
    public Optional<ItemStatus> status() {
        return Optional.empty();
    }
}
