package io.quarkiverse.llm.runtime.wire;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.quarkiverse.llm.LlmAuthenticationException;
import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmContextLengthException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmNotFoundException;
import io.quarkiverse.llm.LlmOverloadedException;
import io.quarkiverse.llm.LlmPermissionException;
import io.quarkiverse.llm.LlmQuotaException;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.runtime.config.SettingKey;

/** Turns what servers say of failures into typed exceptions: by status, and where words tell more than it, by them. */
public final class ErrorResponses {

    /** OpenAI says so with status 400. */
    private static final String PREVIOUS_RESPONSE = "previous_response_not_found";
    /** OpenAI; llama.cpp ({@code exceed_context_size_error}). */
    private static final List<String> CONTEXT_LENGTH = List.of("context_length_exceeded", "exceed_context_size_error",
            "string_above_max_length");
    private static final Pattern CONTEXT_LENGTH_MESSAGE = Pattern.compile(
            "maximum context length|context window|context size|context length|prompt is too long|max_model_len");
    private static final List<String> QUOTA = List.of("insufficient_quota", "billing_hard_limit_reached",
            "billing_not_active", "usage_not_included", "insufficient_balance");
    private static final List<String> RATE_LIMIT = List.of("rate_limit_exceeded", "rate_limit_error", "too_many_requests",
            "tokens", "requests");
    private static final List<String> AUTHENTICATION = List.of("invalid_api_key", "authentication_error");
    private static final List<String> OVERLOADED = List.of("unavailable_error", "overloaded_error", "engine_overloaded",
            "server_overloaded", "slow_down");
    /** Those of images are the codes of a response that failed (OpenAI's ResponseErrorCode). */
    private static final List<String> BAD_REQUEST = List.of("invalid_request_error", "BadRequestError", "invalid_prompt",
            "data_residency_mismatch", "bio_policy", "misalignment_policy_violation", "invalid_image", "invalid_image_format",
            "invalid_base64_image", "invalid_image_url", "image_too_large", "image_too_small", "image_parse_error",
            "image_content_policy_violation", "invalid_image_mode", "image_file_too_large", "unsupported_image_media_type",
            "empty_image_file", "failed_to_download_image", "image_file_not_found");
    /** OpenAI, of a WebSocket, with status 400: the same request is answered over another one. */
    private static final List<String> CONNECTION_OVER = List.of("websocket_connection_limit_reached");
    /** OpenAI, also where an error has no headers of its own. */
    private static final Pattern TRY_AGAIN = Pattern.compile("try again in ([0-9]+(?:\\.[0-9]+)?) ?(ms|s)\\b");
    private static final List<String> NOT_FOUND = List.of("not_found_error", "NotFoundError", "model_not_found",
            PREVIOUS_RESPONSE);
    private static final List<String> REQUEST_ID_HEADERS = List.of("x-request-id", "request-id", "apim-request-id",
            "x-amzn-requestid", "cf-ray");

    private ErrorResponses() {
    }

    /**
     * The failure an HTTP answer with a status other than 2xx stands for.
     *
     * @param headers names in lower case
     */
    public static LlmException toException(String provider, int status, Map<String, String> headers, byte[] body) {
        return toException(provider, status, headers, body, "");
    }

    /**
     * @param hint what the message has behind the server's words
     */
    public static LlmException toException(String provider, int status, Map<String, String> headers, byte[] body,
            String hint) {
        ErrorBody error = ErrorBody.of(body);
        LlmErrorDetails details = details(provider, headers, error).httpStatus(status).build();
        if (status >= 300 && status < 400) {
            return new LlmBadRequestException(SettingKey.subject(provider) + " answered " + status + ", a redirect to "
                    + withoutQuery(headers.getOrDefault("location", "nowhere"))
                    + ". Redirects are not followed, as they could carry the API key elsewhere: set the base URL to that place",
                    details);
        }
        String message = SettingKey.subject(provider) + " answered " + status
                + (error.message().isEmpty() ? " without a message" : ": " + error.message()) + hint;
        return kind(status, error).apply(message, details);
    }

    /**
     * Whether an answer of status 200 that has no content is an error in a shape without the field {@code error}: the older
     * vLLM says so by {@code object}, proxies by a status as {@code code}.
     */
    public static boolean isError(String body) {
        ErrorBody error = ErrorBody.of(body);
        return error.status().isPresent() || error.object().equals("error");
    }

    /**
     * The failure that an error inside an answer of status 200 stands for. One that has a status and headers of its own, as
     * over WebSocket, is that of an HTTP answer with these.
     */
    public static LlmException ofAnswer(String provider, String body) {
        Optional<ErrorEnvelope> envelope = ErrorEnvelope.of(body);
        if (envelope.isPresent()) {
            return toException(provider, envelope.get().status(), envelope.get().headers(),
                    body.getBytes(StandardCharsets.UTF_8));
        }
        ErrorBody error = ErrorBody.of(body);
        LlmErrorDetails.Builder details = details(provider, Map.of(), error);
        error.status().ifPresent(details::httpStatus);
        String message = SettingKey.subject(provider) + " broke off with an error"
                + (error.message().isEmpty() ? "" : ": " + error.message());
        return kind(error.status().orElse(0), error).apply(message, details.build());
    }

    private static LlmErrorDetails.Builder details(String provider, Map<String, String> headers, ErrorBody error) {
        Map<String, String> shown = new HashMap<>(headers);
        shown.remove("set-cookie");
        return LlmErrorDetails.builder().provider(provider).headers(shown)
                .message(error.message().isEmpty() ? null : error.message()).code(error.code()).type(error.type())
                .param(error.param()).retryAfter(retryAfter(headers).orElseGet(() -> tryAgain(error.message()))).requestId(
                        REQUEST_ID_HEADERS.stream().map(headers::get).filter(id -> id != null).findFirst().orElse(null));
    }

    private static BiFunction<String, LlmErrorDetails, LlmException> kind(int status, ErrorBody error) {
        boolean client = status < 500;
        if (error.says(CONTEXT_LENGTH) || (status == 400 || status == 413)
                && CONTEXT_LENGTH_MESSAGE.matcher(error.message().toLowerCase(Locale.ROOT)).find()) {
            return LlmContextLengthException::new;
        }
        if (status == 402 || client && error.says(QUOTA)) {
            return LlmQuotaException::new;
        }
        if (status == 400 && error.says(List.of(PREVIOUS_RESPONSE))) {
            return LlmNotFoundException::new;
        }
        if (error.says(CONNECTION_OVER)) {
            return LlmServerException::new;
        }
        return switch (status) {
            case 0 -> kindOfWords(error);
            case 401 -> LlmAuthenticationException::new;
            case 403 -> LlmPermissionException::new;
            case 404 -> LlmNotFoundException::new;
            case 429 -> LlmRateLimitException::new;
            case 408 -> LlmServerException::new;
            case 503, 529 -> LlmOverloadedException::new;
            default -> client ? LlmBadRequestException::new : LlmServerException::new;
        };
    }

    private static BiFunction<String, LlmErrorDetails, LlmException> kindOfWords(ErrorBody error) {
        if (error.says(RATE_LIMIT)) {
            return LlmRateLimitException::new;
        }
        if (error.says(AUTHENTICATION)) {
            return LlmAuthenticationException::new;
        }
        if (error.says(OVERLOADED)) {
            return LlmOverloadedException::new;
        }
        if (error.says(NOT_FOUND)) {
            return LlmNotFoundException::new;
        }
        return error.says(BAD_REQUEST) ? LlmBadRequestException::new : LlmServerException::new;
    }

    /** {@code retry-after-ms}, else {@code Retry-After} in seconds or as a date (RFC 9110, 10.2.3). */
    private static Optional<Duration> retryAfter(Map<String, String> headers) {
        return Stream.of(milliseconds(headers.get("retry-after-ms")), secondsOrDate(headers.get("retry-after")))
                .filter(delay -> delay != null).findFirst();
    }

    private static Duration tryAgain(String message) {
        Matcher delay = TRY_AGAIN.matcher(message);
        if (!delay.find()) {
            return null;
        }
        double unit = delay.group(2).equals("s") ? 1000 : 1;
        return Duration.ofMillis(Math.round(Double.parseDouble(delay.group(1)) * unit));
    }

    private static Duration milliseconds(String value) {
        try {
            return value == null ? null : notNegative(Duration.ofMillis(Math.round(Double.parseDouble(value))));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Duration secondsOrDate(String value) {
        if (value == null) {
            return null;
        }
        try {
            return notNegative(Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000)));
        } catch (NumberFormatException notSeconds) {
            try {
                Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
                return notNegative(Duration.between(Instant.now(), date));
            } catch (DateTimeException neither) {
                return null;
            }
        }
    }

    private static Duration notNegative(Duration delay) {
        return delay.isNegative() ? Duration.ZERO : delay;
    }

    private static String withoutQuery(String location) {
        return location.replaceFirst("[?#].*$", "");
    }
}
