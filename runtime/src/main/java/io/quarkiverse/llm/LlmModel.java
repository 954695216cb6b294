package io.quarkiverse.llm;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A model that a provider offers.
 *
 * @param id what {@link LlmRequest#model()} takes
 * @param contextWindow tokens that input and output may have together, where the server tells
 * @param json everything the server said of it
 */
public record LlmModel(String id, Optional<String> ownedBy, Optional<Instant> created, Optional<Long> contextWindow,
        RawJson json) {

    public LlmModel {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(ownedBy, "ownedBy");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(contextWindow, "contextWindow");
        Objects.requireNonNull(json, "json");
    }
}
