package io.quarkiverse.llm;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a failure besides its message. Nothing in it is secret: request headers are never part of it.
 *
 * @param provider the name of the provider
 * @param httpStatus the status the server answered with, or the one it named inside a stream
 * @param requestId the server's id of the exchange, for its operators
 * @param headers of the answer, names in lower case
 * @param message what the server said, word for word but capped
 * @param code the server's code, for instance {@code context_length_exceeded}
 * @param type the server's kind of error, for instance {@code invalid_request_error}
 * @param param the field of the request the server complains of
 * @param retryAfter how long the server asks to wait
 */
public record LlmErrorDetails(Optional<String> provider, OptionalInt httpStatus, Optional<String> requestId,
        Map<String, String> headers, Optional<String> message, Optional<String> code, Optional<String> type,
        Optional<String> param, Optional<Duration> retryAfter) {

    public LlmErrorDetails {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(httpStatus, "httpStatus");
        Objects.requireNonNull(requestId, "requestId");
        headers = Map.copyOf(headers);
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(param, "param");
        Objects.requireNonNull(retryAfter, "retryAfter");
    }

    /** Nothing is known but whose failure it is. */
    public static LlmErrorDetails of(String provider) {
        return builder().provider(provider).build();
    }

    /** Details of which nothing is known yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** Not thread-safe. A {@code null} means that it is not known. */
    public static final class Builder {

        private String provider;
        private OptionalInt httpStatus = OptionalInt.empty();
        private String requestId;
        private Map<String, String> headers = Map.of();
        private String message;
        private String code;
        private String type;
        private String param;
        private Duration retryAfter;

        private Builder() {
        }

        /** {@link LlmErrorDetails#provider()}. */
        public Builder provider(String provider) {
            this.provider = provider;
            return this;
        }

        /** {@link LlmErrorDetails#httpStatus()}. */
        public Builder httpStatus(int httpStatus) {
            this.httpStatus = OptionalInt.of(httpStatus);
            return this;
        }

        /** {@link LlmErrorDetails#requestId()}. */
        public Builder requestId(String requestId) {
            this.requestId = requestId;
            return this;
        }

        /** {@link LlmErrorDetails#headers()}. */
        public Builder headers(Map<String, String> headers) {
            this.headers = headers;
            return this;
        }

        /** {@link LlmErrorDetails#message()}. */
        public Builder message(String message) {
            this.message = message;
            return this;
        }

        /** {@link LlmErrorDetails#code()}. */
        public Builder code(String code) {
            this.code = code;
            return this;
        }

        /** {@link LlmErrorDetails#type()}. */
        public Builder type(String type) {
            this.type = type;
            return this;
        }

        /** {@link LlmErrorDetails#param()}. */
        public Builder param(String param) {
            this.param = param;
            return this;
        }

        /** {@link LlmErrorDetails#retryAfter()}. */
        public Builder retryAfter(Duration retryAfter) {
            this.retryAfter = retryAfter;
            return this;
        }

        /** The details as they are now. */
        public LlmErrorDetails build() {
            return new LlmErrorDetails(Optional.ofNullable(provider), httpStatus, Optional.ofNullable(requestId), headers,
                    Optional.ofNullable(message), Optional.ofNullable(code), Optional.ofNullable(type),
                    Optional.ofNullable(param), Optional.ofNullable(retryAfter));
        }
    }
}
