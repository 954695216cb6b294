package io.quarkiverse.llm.gateway.runtime.seal;

import java.util.Optional;

import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

/**
 * Opens what one request brings back. Sealed content is deflated, a thousand times where it says the same again and again, so
 * that a body of an allowed size could stand for more than the server's memory: all of it together is bounded. Not thread-safe.
 */
public final class Opening {

    /** In characters: more than any model reads. */
    static final int MOST = 32 << 20;

    private final Seal seal;
    private long opened;

    /** @param seal of who sends the request */
    public Opening(Seal seal) {
        this.seal = seal;
    }

    /**
     * What was sealed for the owner and for that; empty for anything else.
     *
     * @throws InvalidRequestException when it is too much together with what was opened before
     */
    public Optional<String> open(Purpose purpose, String content) {
        Optional<String> text = seal.open(purpose, content);
        opened += text.map(String::length).orElse(0);
        if (opened > MOST) {
            throw new InvalidRequestException("The input's encrypted_content stands for more than " + MOST
                    + " characters together: send fewer items that have it, or shorter ones", "input", "invalid_value");
        }
        return text;
    }
}
