package io.quarkiverse.llm.gateway.runtime.seal;

import java.util.Optional;

/**
 * Seals and opens for one owner. Thread-safe.
 *
 * @param owner whom the content is given to, and who alone may bring it back
 */
public record Seal(Sealing sealing, String owner) {

    /** Content that the owner can carry. */
    public String seal(Purpose purpose, String text) {
        return sealing.seal(purpose, owner, text);
    }

    /** What was sealed for the owner and for that; empty for anything else. */
    public Optional<String> open(Purpose purpose, String content) {
        return sealing.open(purpose, owner, content);
    }
}
