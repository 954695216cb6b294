package io.quarkiverse.llm;

import java.util.Objects;

/**
 * The request asks for something that this provider, or the wire API it speaks, does not have. Nothing was sent, unless only
 * the server could tell: then its answer is the {@link #getCause() cause}.
 */
public final class LlmUnsupportedException extends LlmException {

    private static final long serialVersionUID = 1L;

    private final String feature;

    /**
     * @param feature what was asked for, as it stands in a sentence: "stored responses"
     */
    public LlmUnsupportedException(String provider, String feature) {
        this(provider, feature,
                (provider.equals(LlmClient.DEFAULT) ? "The default provider" : "Provider '" + provider + "'")
                        + " does not support "
                        + feature);
    }

    /** As the other, with a message that says more. */
    public LlmUnsupportedException(String provider, String feature, String message) {
        super(message, LlmErrorDetails.of(provider));
        this.feature = Objects.requireNonNull(feature, "feature");
    }

    /**
     * As the others, where the server has shown that it does not have it.
     *
     * @param shown by which; its details are taken over
     */
    public LlmUnsupportedException(String feature, String message, LlmException shown) {
        super(message, shown.details(), shown);
        this.feature = Objects.requireNonNull(feature, "feature");
    }

    /** What was asked for, as it stands in a sentence. */
    public String feature() {
        return feature;
    }
}
