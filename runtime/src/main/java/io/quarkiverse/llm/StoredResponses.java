package io.quarkiverse.llm;

import java.util.List;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Responses that the server has stored ({@link LlmRequest#store()}) or runs in the background
 * ({@link LlmRequest#background()}). Everything fails with an {@link LlmException}: {@link LlmNotFoundException} for
 * an id the server does not know. An id that is blank, {@code .} or {@code ..}, or has a slash, a backslash,
 * {@code ?}, {@code #} or a control character, is an {@link IllegalArgumentException} at once.
 * <p>
 * Nothing happens before the subscription, and each subscription is a request of its own; cancelling it closes the
 * exchange with the server.
 */
public interface StoredResponses {

    /**
     * The response as it is now, whatever its {@link LlmResponse#status()}: one that failed is no failure here, but has an
     * {@link LlmResponse#error()}.
     */
    @CheckReturnValue
    Uni<LlmResponse> get(String responseId);

    /**
     * Forgets the response. An answer that is neither empty nor JSON is an {@link LlmDecodeException}: it came from something
     * else than the server.
     */
    @CheckReturnValue
    Uni<Void> delete(String responseId);

    /** Stops a background response. */
    @CheckReturnValue
    Uni<LlmResponse> cancel(String responseId);

    /** What the response was asked, in order, previous turns included. */
    @CheckReturnValue
    Uni<List<Item>> inputItems(String responseId);

    /**
     * Takes a background response's stream up again. An item that began before has in its events only what comes from now on;
     * the response at the end is whole. When the stream breaks off, it is taken up again as that of the request would be.
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
