package io.quarkiverse.llm.messaging.runtime.contract;

import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.LlmAuthenticationException;
import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmContextLengthException;
import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmIncompleteException;
import io.quarkiverse.llm.LlmLimitException;
import io.quarkiverse.llm.LlmNotFoundException;
import io.quarkiverse.llm.LlmOverloadedException;
import io.quarkiverse.llm.LlmPermissionException;
import io.quarkiverse.llm.LlmQuotaException;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmRefusalException;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.json.OptionalFields;

/**
 * Failures as JSON, by their type, so that who reads them has the same type again. Headers of the server's answer stay where
 * they are: they may be anything.
 */
final class FailureJson {

    private FailureJson() {
    }

    static void write(JsonGenerator out, LlmException cause) throws IOException {
        out.writeStartObject();
        out.writeStringField("type", type(cause));
        out.writeStringField("message", cause.getMessage() == null ? "" : cause.getMessage());
        out.writeBooleanField("retryable", cause.isRetryable());
        writeMore(out, cause);
        LlmErrorDetails details = cause.details();
        OptionalFields.string(out, "provider", details.provider());
        if (details.httpStatus().isPresent()) {
            out.writeNumberField("http_status", details.httpStatus().getAsInt());
        }
        OptionalFields.string(out, "request_id", details.requestId());
        OptionalFields.string(out, "server_message", details.message());
        OptionalFields.string(out, "server_type", details.type());
        OptionalFields.string(out, "code", details.code());
        OptionalFields.string(out, "param", details.param());
        OptionalFields.string(out, "retry_after", details.retryAfter().map(Duration::toString));
        out.writeEndObject();
    }

    private static String type(LlmException cause) {
        if (cause instanceof LlmAuthenticationException) {
            return "authentication";
        } else if (cause instanceof LlmPermissionException) {
            return "permission";
        } else if (cause instanceof LlmContextLengthException) {
            return "context_length";
        } else if (cause instanceof LlmBadRequestException) {
            return "bad_request";
        } else if (cause instanceof LlmNotFoundException) {
            return "not_found";
        } else if (cause instanceof LlmRateLimitException) {
            return "rate_limit";
        } else if (cause instanceof LlmQuotaException) {
            return "quota";
        } else if (cause instanceof LlmOverloadedException) {
            return "overloaded";
        } else if (cause instanceof LlmServerException) {
            return "server";
        } else if (cause instanceof LlmTimeoutException) {
            return "timeout";
        } else if (cause instanceof LlmTransportException) {
            return "transport";
        } else if (cause instanceof LlmTruncatedStreamException) {
            return "truncated_stream";
        } else if (cause instanceof LlmDecodeException) {
            return "decode";
        } else if (cause instanceof LlmLimitException) {
            return "limit";
        } else if (cause instanceof LlmIncompleteException) {
            return "incomplete";
        } else if (cause instanceof LlmRefusalException) {
            return "refusal";
        } else if (cause instanceof LlmUnsupportedException) {
            return "unsupported";
        }
        return "failure";
    }

    private static void writeMore(JsonGenerator out, LlmException cause) throws IOException {
        if (cause instanceof LlmTimeoutException timeout) {
            out.writeStringField("limit", timeout.limit().key());
            out.writeStringField("duration", timeout.duration().toString());
        } else if (cause instanceof LlmLimitException limit) {
            out.writeStringField("key", limit.key());
        } else if (cause instanceof LlmIncompleteException incomplete) {
            out.writeStringField("reason", incomplete.reason());
        } else if (cause instanceof LlmRefusalException refusal) {
            out.writeStringField("refusal", refusal.refusal());
        } else if (cause instanceof LlmUnsupportedException unsupported) {
            out.writeStringField("feature", unsupported.feature());
        } else if (cause instanceof LlmDecodeException decode) {
            out.writeStringField("raw", decode.raw());
        }
    }

    static LlmException read(JsonFields failure) {
        return read(failure, failure.string("provider"));
    }

    /**
     * @param provider whose failure it is to whoever reads it
     */
    static LlmException read(JsonFields failure, Optional<String> provider) {
        String message = failure.required("message").string();
        LlmErrorDetails details = details(failure, provider);
        return switch (failure.required("type").string()) {
            case "authentication" -> new LlmAuthenticationException(message, details);
            case "permission" -> new LlmPermissionException(message, details);
            case "context_length" -> new LlmContextLengthException(message, details);
            case "bad_request" -> new LlmBadRequestException(message, details);
            case "not_found" -> new LlmNotFoundException(message, details);
            case "rate_limit" -> new LlmRateLimitException(message, details);
            case "quota" -> new LlmQuotaException(message, details);
            case "overloaded" -> new LlmOverloadedException(message, details);
            case "server" -> new LlmServerException(message, details);
            case "timeout" -> new LlmTimeoutException(message, limit(failure), duration(failure.required("duration")), details);
            case "transport" -> new LlmTransportException(message, details, null);
            case "truncated_stream" -> new LlmTruncatedStreamException(message, details, null);
            case "decode" -> new LlmDecodeException(message, failure.required("raw").string(), details, null);
            case "limit" -> new LlmLimitException(message, failure.required("key").string(), details);
            case "incomplete" -> new LlmIncompleteException(message, failure.required("reason").string(), details);
            case "refusal" -> new LlmRefusalException(message, failure.required("refusal").string(), details);
            case "unsupported" -> new LlmUnsupportedException(details.provider().orElse(""),
                    failure.required("feature").string(), message);
            // of a newer version, or a plain one
            default -> failure.bool("retryable").orElse(false) ? new RetryableFailure(message, details)
                    : new LlmException(message, details);
        };
    }

    /** Of a type that is not known here. */
    private static final class RetryableFailure extends LlmException {

        private static final long serialVersionUID = 1L;

        RetryableFailure(String message, LlmErrorDetails details) {
            super(message, details);
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    private static LlmErrorDetails details(JsonFields failure, Optional<String> provider) {
        LlmErrorDetails.Builder details = LlmErrorDetails.builder()
                .provider(provider.orElse(null))
                .requestId(failure.string("request_id").orElse(null))
                .message(failure.string("server_message").orElse(null))
                .type(failure.string("server_type").orElse(null))
                .code(failure.string("code").orElse(null))
                .param(failure.string("param").orElse(null))
                .retryAfter(failure.value("retry_after").map(FailureJson::duration).orElse(null));
        failure.integer("http_status").ifPresent(details::httpStatus);
        return details.build();
    }

    private static LlmTimeoutException.Limit limit(JsonFields failure) {
        JsonValue key = failure.required("limit");
        for (LlmTimeoutException.Limit limit : LlmTimeoutException.Limit.values()) {
            if (limit.key().equals(key.string())) {
                return limit;
            }
        }
        throw key.wrong("is no time limit");
    }

    private static Duration duration(JsonValue text) {
        try {
            return Duration.parse(text.string());
        } catch (DateTimeParseException e) {
            throw text.wrong("must be a duration such as PT30S");
        }
    }
}
