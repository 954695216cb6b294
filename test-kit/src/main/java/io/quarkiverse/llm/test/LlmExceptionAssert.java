package io.quarkiverse.llm.test;

import java.time.Duration;

import org.assertj.core.api.AbstractThrowableAssert;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;

/** Assertions on a failure of a provider. */
public final class LlmExceptionAssert extends AbstractThrowableAssert<LlmExceptionAssert, LlmException> {

    LlmExceptionAssert(LlmException actual) {
        super(actual, LlmExceptionAssert.class);
    }

    /** The same request may succeed a little later. */
    public LlmExceptionAssert isRetryable() {
        return is("retryable", true);
    }

    /** The same request would fail again. */
    public LlmExceptionAssert isNotRetryable() {
        return is("not retryable", false);
    }

    private LlmExceptionAssert is(String word, boolean retryable) {
        isNotNull();
        if (actual.isRetryable() != retryable) {
            failWithMessage("Expected the failure to be %s:%n  %s", word, actual);
        }
        return this;
    }

    /** The server answered with this HTTP status. */
    public LlmExceptionAssert hasHttpStatus(int status) {
        isNotNull();
        if (actual.httpStatus().orElse(0) != status) {
            failWithMessage("Expected the HTTP status%n  %s%nbut it is%n  %s%nin%n  %s", status, actual.httpStatus(), actual);
        }
        return this;
    }

    /** The server asked to wait for so long. */
    public LlmExceptionAssert hasRetryAfter(Duration wait) {
        isNotNull();
        if (!actual.retryAfter().filter(wait::equals).isPresent()) {
            failWithMessage("Expected a wait of%n  %s%nbut it is%n  %s%nin%n  %s", wait, actual.retryAfter(), actual);
        }
        return this;
    }

    /** This text had arrived before. */
    public LlmExceptionAssert hasPartialText(String text) {
        isNotNull();
        String partial = actual.partial().map(LlmResponse::text).orElse("");
        if (!partial.equals(text)) {
            failWithMessage("Expected that before the failure the text%n  %s%nhad arrived, but it was%n  %s%nin%n  %s", text,
                    partial, actual);
        }
        return this;
    }
}
