package io.quarkiverse.llm.gateway.runtime.answer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmNotFoundException;
import io.quarkiverse.llm.LlmOverloadedException;
import io.quarkiverse.llm.LlmQuotaException;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.gateway.runtime.access.UnauthorizedException;
import io.quarkiverse.llm.gateway.runtime.limits.LimitReachedException;
import io.quarkiverse.llm.gateway.runtime.routing.ModelNotFoundException;
import io.quarkiverse.llm.gateway.runtime.state.NotKeptException;
import io.quarkiverse.llm.gateway.runtime.store.StoreException;
import io.quarkiverse.llm.gateway.runtime.store.StoreException.Reason;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.WireError;
import io.vertx.core.buffer.Buffer;

/**
 * A failure as clients of OpenAI's APIs get it in place of an answer:
 * {@code {"error":{"message":...,"type":...,"param":...,"code":...}}}.
 *
 * @param retryAfter how long the client is asked to wait
 * @param headers further ones, where there are headers
 * @param closesConnection whether no other request can come over the connection
 */
public record ErrorAnswer(int status, String message, String type, Optional<String> param, Optional<String> code,
        Optional<Duration> retryAfter, Map<String, String> headers, boolean closesConnection) {

    private static final Logger LOG = Logger.getLogger(ErrorAnswer.class.getPackageName());
    private static final JsonFactory JSON = new JsonFactory();
    /** When to ask again for what only lacks room. */
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String INVALID_REQUEST = "invalid_request_error";

    /**
     * @param request the id under which the log has more
     */
    public static ErrorAnswer of(Throwable failure, String request) {
        if (failure instanceof RefusedException refused) {
            return new ErrorAnswer(refused.status(), refused.getMessage(), refused.type(), Optional.empty(), refused.code(),
                    refused.status() == 429 ? Optional.of(SOON) : Optional.empty(), Map.of(), refused.closesConnection());
        } else if (failure instanceof UnauthorizedException unknown) {
            // who may not use the gateway gets no connection to keep
            return new ErrorAnswer(unknown.status(), unknown.getMessage(), INVALID_REQUEST, Optional.empty(),
                    Optional.of(unknown.code()), Optional.empty(), unknown.headers(), true);
        } else if (failure instanceof LimitReachedException reached) {
            return new ErrorAnswer(429, reached.getMessage(), reached.type(), Optional.empty(), Optional.of(reached.code()),
                    Optional.of(reached.retryAfter()), reached.headers(), false);
        } else if (failure instanceof InvalidRequestException invalid) {
            return invalid(400, invalid.getMessage(), invalid.param(), invalid.code());
        } else if (failure instanceof NotKeptException unknown) {
            return invalid(404, unknown.getMessage(), Optional.of(unknown.param()), "not_found");
        } else if (failure instanceof StoreException store && store.reason() == Reason.TOO_LARGE) {
            return invalid(413, "It is larger than what the gateway can keep: send less, or with \"store\": false",
                    Optional.empty(), "request_too_large");
        } else if (failure instanceof StoreException unavailable) {
            LOG.warnf("%s %s", request, unavailable.getMessage());
            return new ErrorAnswer(503, "What the gateway keeps cannot be reached at the moment", "server_error",
                    Optional.empty(), Optional.of("store_unavailable"), Optional.of(SOON), Map.of(), false);
        } else if (failure instanceof ModelNotFoundException unknown) {
            return invalid(404, unknown.getMessage(), Optional.of("model"), "model_not_found");
        } else if (failure instanceof LlmUnsupportedException unsupported) {
            return invalid(400, ToldFailure.sentence(unsupported, request), UnsupportedParam.of(unsupported),
                    "unsupported_value");
        } else if (failure instanceof LlmException known) {
            WireError error = ToldFailure.wireError(known);
            return new ErrorAnswer(status(known), ToldFailure.sentence(known, request), error.type(), error.param(),
                    Optional.of(error.code()),
                    known.retryAfter().or(() -> ToldFailure.hasNoRoom(known) ? Optional.of(SOON) : Optional.empty()), Map.of(),
                    false);
        }
        LOG.error("A request has failed in the gateway", failure);
        return new ErrorAnswer(500, "The gateway has failed. Its log has more", "server_error", Optional.empty(),
                Optional.of("internal_error"), Optional.empty(), Map.of(), false);
    }

    private static ErrorAnswer invalid(int status, String message, Optional<String> param, String code) {
        return new ErrorAnswer(status, message, INVALID_REQUEST, param, Optional.of(code), Optional.empty(), Map.of(), false);
    }

    /** The provider's own, or what a gateway says where the provider said nothing. */
    private static int status(LlmException failure) {
        if (failure instanceof LlmRateLimitException || failure instanceof LlmQuotaException) {
            return 429;
        }
        int own = failure.httpStatus().orElse(0);
        if (own >= 400 && own < 600) {
            return own;
        } else if (failure instanceof LlmBadRequestException) {
            return 400;
        } else if (failure instanceof LlmNotFoundException) {
            return 404;
        } else if (failure instanceof LlmOverloadedException || ToldFailure.hasNoRoom(failure)) {
            return 503;
        }
        return failure instanceof LlmTimeoutException ? 504 : 502;
    }

    public Buffer body() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /** As the field {@code error} of an object. */
    public void write(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("error");
        json.writeStringField("message", message);
        json.writeStringField("type", type);
        json.writeStringField("param", param.orElse(null));
        json.writeStringField("code", code.orElse(null));
        json.writeEndObject();
    }

    /** How long the client is asked to wait, in whole seconds. */
    public Optional<String> retryAfterSeconds() {
        return retryAfter.map(wait -> String.valueOf(Math.max(0, wait.plusMillis(999).toSeconds())));
    }
}
