package io.quarkiverse.llm;

import java.util.Objects;

/** Why a stored or background response failed. A response that is waited for fails with an {@link LlmException} instead. */
public record ResponseError(String code, String message) {

    public ResponseError {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }
}
