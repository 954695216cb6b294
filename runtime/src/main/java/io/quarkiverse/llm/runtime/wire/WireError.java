package io.quarkiverse.llm.runtime.wire;

import java.util.Optional;

import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmContextLengthException;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmQuotaException;
import io.quarkiverse.llm.LlmRateLimitException;

/**
 * A failure in the words of OpenAI's APIs, which clients decide by. Where the kind of the failure has a code of its own
 * there, it is that one whatever the server's was.
 *
 * @param message the server's own, where it said something: that of the exception is for the operator
 */
public record WireError(String type, String code, String message, Optional<String> param) {

    private static final String SERVER_ERROR = "server_error";

    public static WireError of(LlmException failure) {
        String message = failure.details().message().orElseGet(() -> String.valueOf(failure.getMessage()));
        return new WireError(type(failure), code(failure), message, failure.details().param());
    }

    private static String type(LlmException failure) {
        return failure.details().type().orElseGet(() -> {
            if (failure instanceof LlmBadRequestException || failure instanceof LlmContextLengthException) {
                return "invalid_request_error";
            }
            if (failure instanceof LlmQuotaException) {
                return "insufficient_quota";
            }
            return failure instanceof LlmRateLimitException ? "rate_limit_error" : SERVER_ERROR;
        });
    }

    private static String code(LlmException failure) {
        if (failure instanceof LlmContextLengthException) {
            return "context_length_exceeded";
        }
        if (failure instanceof LlmQuotaException) {
            return "insufficient_quota";
        }
        if (failure instanceof LlmRateLimitException) {
            return "rate_limit_exceeded";
        }
        // llama.cpp and OpenRouter give the HTTP status as the code
        return failure.code().filter(code -> !code.chars().allMatch(Character::isDigit))
                // agents try again what a server has failed in, and this would fail again
                .orElse(failure instanceof LlmBadRequestException ? "invalid_prompt" : SERVER_ERROR);
    }
}
