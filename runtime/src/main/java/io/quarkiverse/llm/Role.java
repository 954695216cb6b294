package io.quarkiverse.llm;

import java.util.Locale;

/** Who speaks in a {@link Message}. */
public enum Role {

    /** The one who asks. */
    USER,
    /** The model. */
    ASSISTANT,
    /** Instructions of the application. */
    SYSTEM,
    /**
     * Instructions of the application, above the user's and below the provider's own. Older servers know only {@link #SYSTEM}.
     */
    DEVELOPER;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name both wire APIs use: the lower-case constant. */
    public String wireName() {
        return wireName;
    }

    /**
     * @throws IllegalArgumentException when there is no such role
     */
    public static Role of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
