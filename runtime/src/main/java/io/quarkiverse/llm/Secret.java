package io.quarkiverse.llm;

import java.util.Objects;

/**
 * A value that must not be shown: an API key, a header, a query parameter. {@link #toString()} is masked, also inside
 * the records that hold it, and the JSON form of a request leaves it out.
 * <p>
 * The static {@link #of(String)} makes it a type for {@code @ConfigProperty} and {@code @ConfigMapping}.
 */
public final class Secret {

    /** What is shown in place of a secret. */
    public static final String MASK = "***";

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** A secret of that value. */
    public static Secret of(String value) {
        return new Secret(Objects.requireNonNull(value, "value"));
    }

    /** The value in clear text. For the wire only: never log it, never put it into a message. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return MASK;
    }
}
