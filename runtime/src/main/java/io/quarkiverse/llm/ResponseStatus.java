package io.quarkiverse.llm;

import java.util.Locale;
import java.util.Optional;

/** How far an {@link LlmResponse} has come. A stream ends with {@link #COMPLETED} or {@link #INCOMPLETE}. */
public enum ResponseStatus {

    /** Accepted to run in the background, not begun. */
    QUEUED,
    /** The model is at work. */
    IN_PROGRESS,
    /** It is whole. */
    COMPLETED,
    /** Ended early by a limit or a filter; {@link LlmResponse#incompleteReason()} says which. */
    INCOMPLETE,
    /** It failed; {@link LlmResponse#error()} says why. */
    FAILED,
    /** It was stopped on request. */
    CANCELLED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name the Responses API uses: the lower-case constant. */
    public String wireName() {
        return wireName;
    }

    /** The status of that name, if there is one. */
    public static Optional<ResponseStatus> find(String wireName) {
        for (ResponseStatus status : values()) {
            if (status.wireName.equals(wireName)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
