package io.quarkiverse.llm.runtime.provider;

import java.util.OptionalInt;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.LlmTruncatedStreamException;

/** Tells what went wrong with the WebSocket from what is wrong with the request. */
final class WebSocketFailure {

    private WebSocketFailure() {
    }

    /** Whether another transport may do better. */
    static boolean isOfTransport(LlmException failure) {
        OptionalInt status = failure.httpStatus();
        if (status.isPresent()) {
            return switch (status.getAsInt()) {
                case 404, 405, 426, 501, 502, 503, 504 -> !MissingApi.namesContent(failure);
                default -> false;
            };
        }
        return failure instanceof LlmTransportException || failure instanceof LlmDecodeException
                || failure instanceof LlmTruncatedStreamException
                || failure instanceof LlmTimeoutException timeout && timeout.limit() != LlmTimeoutException.Limit.TOTAL;
    }
}
