package io.quarkiverse.llm;

import java.util.List;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Responses that the server has stored ({@link LlmRequest#store()}) or runs in the background
 * ({@link LlmRequest#background()}). Everything fails with an {@link LlmException}: {@link LlmNotFoundException} for an
 * id the server does not know.
 */
public interface StoredResponses {

    /** The response as it is now. */
    @CheckReturnValue
    Uni<LlmResponse> get(String responseId);

    /** Forgets the response. */
    @CheckReturnValue
    Uni<Void> delete(String responseId);

    /** Stops a background response. */
    @CheckReturnValue
    Uni<LlmResponse> cancel(String responseId);

    /** What the response was asked, in order, previous turns included. */
    @CheckReturnValue
    Uni<List<Item>> inputItems(String responseId);

    /**
     * Takes a background response's stream up again.
     *
     * @param startingAfter the sequence number of the last event that was seen; -1 for all
     */
    @CheckReturnValue
    Multi<LlmEvent> resume(String responseId, long startingAfter);

    /** Where nothing is stored: each operation fails with {@link LlmUnsupportedException}. */
    static StoredResponses unsupported(String provider) {
        return new NoStoredResponses(provider);
    }
}
