package io.quarkiverse.llm;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a provider's server and model, and from where.
 *
 * @param contextWindow tokens that input and output of the configured model may have together, where the server's list of
 *        models told it
 */
public record LlmCapabilities(Map<Capability, Finding> findings, Optional<Long> contextWindow) {

    /** Nothing is known. */
    public static final LlmCapabilities UNKNOWN = new LlmCapabilities(Map.of());

    private static final Finding NO_FINDING = new Finding(Support.UNKNOWN, Source.NONE);

    public LlmCapabilities {
        findings = Map.copyOf(findings);
        Objects.requireNonNull(contextWindow, "contextWindow");
    }

    /** Where the context window is not known. */
    public LlmCapabilities(Map<Capability, Finding> findings) {
        this(findings, Optional.empty());
    }

    /** The same findings with this context window. */
    public LlmCapabilities withContextWindow(Optional<Long> contextWindow) {
        return new LlmCapabilities(findings, contextWindow);
    }

    /** {@link Support#UNKNOWN} where nothing is known. */
    public Finding of(Capability capability) {
        return findings.getOrDefault(capability, NO_FINDING);
    }

    /** Whether it is known to be supported. */
    public boolean supports(Capability capability) {
        return of(capability).support() == Support.YES;
    }

    /** An answer that may be unknown. */
    public enum Support {
        /** It is there. */
        YES,
        /** It is not there. */
        NO,
        /** Nobody has said or tried. */
        UNKNOWN
    }

    /** Where a finding comes from; a source above wins over those below. */
    public enum Source {
        /** The application's configuration says so. */
        CONFIGURED,
        /** An exchange with the server showed it. */
        FOUND,
        /** The server's list of models says so. */
        DISCOVERED,
        /** Known of servers of that kind. */
        PRESET,
        /** Nothing is known. */
        NONE
    }

    /** What is known of one capability, and from where. */
    public record Finding(Support support, Source source) {

        public Finding {
            Objects.requireNonNull(support, "support");
            Objects.requireNonNull(source, "source");
        }
    }
}
