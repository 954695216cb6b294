package io.quarkiverse.llm;

import java.util.Locale;
import java.util.Optional;

/** How far an {@link Item} of a response has come. */
public enum ItemStatus {

    /** It is still arriving. */
    IN_PROGRESS,
    /** It is whole. */
    COMPLETED,
    /** Cut before its end, by a limit or because the stream broke. An incomplete tool call must not be executed. */
    INCOMPLETE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name the Responses API uses: the lower-case constant. */
    public String wireName() {
        return wireName;
    }

    /** The status of that name; empty for the further ones that hosted tools have, such as {@code searching}. */
    public static Optional<ItemStatus> find(String wireName) {
        for (ItemStatus status : values()) {
            if (status.wireName.equals(wireName)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
