package io.quarkiverse.llm.scripted;

/** A request that a conforming server refuses with HTTP 400. */
final class BadRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadRequest(String message) {
        super(message);
    }
}
