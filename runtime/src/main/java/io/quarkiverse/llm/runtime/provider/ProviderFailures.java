package io.quarkiverse.llm.runtime.provider;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.runtime.config.SecretMask;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.wire.ErrorResponses;
import io.quarkiverse.llm.runtime.wire.Payloads;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;
import io.vertx.core.json.JsonObject;

/** What subscribers of a provider are told when an answer does not come, or not whole. */
record ProviderFailures(String provider, SecretMask secrets) {

    /** More than what an exception shows of it. */
    private static final int RAW_BYTES = 8_192;

    /** The same, for a request that brings a key of its own. */
    ProviderFailures of(LlmRequest request) {
        return request.apiKey().isEmpty() ? this : new ProviderFailures(provider, secrets.with(request.apiKey()));
    }

    /**
     * The server answered a request whose path is all the same for every request of its kind with an error. When it does not
     * know the path, the configured one is probably wrong.
     */
    LlmException answered(OutgoingRequest asked, int status, Map<String, String> headers, byte[] body, int offset,
            int length) {
        LlmException failure = answered(status, headers, body, offset, length);
        if (status != 404 && status != 405 || MissingApi.namesContent(failure)) {
            return failure;
        }
        return answered(status, headers, body, offset, length, " (" + asked + "): check that "
                + new SettingKey(provider, "base-url") + " is that of its API");
    }

    /** The server answered the request for a WebSocket with an error. */
    LlmException refused(int status, Map<String, String> headers, byte[] body, int offset, int length) {
        return answered(status, headers, body, offset, length,
                " (the request for a WebSocket): " + new SettingKey(provider, "transport") + "=sse does without");
    }

    /** The server answered with an error. */
    LlmException answered(int status, Map<String, String> headers, byte[] body, int offset, int length) {
        return answered(status, headers, body, offset, length, "");
    }

    private LlmException answered(int status, Map<String, String> headers, byte[] body, int offset, int length, String hint) {
        String text = secrets.mask(new String(body, offset, length, StandardCharsets.UTF_8));
        return ErrorResponses.toException(provider, status, headers, text.getBytes(StandardCharsets.UTF_8), hint);
    }

    /** Something went wrong while this was decoded and handed on. */
    LlmException decoding(Throwable cause, byte[] data, int offset, int length) {
        if (cause instanceof LlmException failure) {
            return failure;
        }
        if (cause instanceof JsonShapeException) {
            return unreadable("an answer that cannot be read, " + cause.getMessage(), data, offset, length, cause);
        }
        String raw = secrets.mask(new String(data, offset, Math.min(length, RAW_BYTES), StandardCharsets.UTF_8));
        return new LlmDecodeException(SettingKey.subject(provider) + ": the answer could not be handled: " + cause, raw,
                LlmErrorDetails.of(provider), cause);
    }

    /**
     * The server sent something else.
     *
     * @param what it is, as it stands in a sentence
     */
    LlmException unreadable(String what, byte[] data, int offset, int length, Throwable cause) {
        return new Payloads(provider, secrets).unreadable(what, data, offset, Math.min(length, RAW_BYTES), cause);
    }

    /** The request could not be sent. */
    LlmException preparing(Throwable cause) {
        return cause instanceof LlmException failure ? failure
                : new LlmException(SettingKey.subject(provider) + ": the request could not be made: " + cause,
                        LlmErrorDetails.of(provider), cause);
    }

    /** The response failed on the server. */
    LlmException failed(LlmResponse response) {
        JsonObject error = new JsonObject();
        response.error().ifPresent(told -> error.put("code", told.code()).put("message", secrets.mask(told.message())));
        return ErrorResponses.ofAnswer(provider, new JsonObject().put("error", error).encode());
    }

    /** Whether all that matters had arrived when this happened: then it does not matter either. */
    boolean isHarmless(LlmException cause, ResponseDecoder decoder) {
        boolean quiet = cause instanceof LlmTransportException
                || cause instanceof LlmTimeoutException timeout && timeout.limit() == LlmTimeoutException.Limit.IDLE;
        return quiet && decoder.mayEnd();
    }

    /** The stream ended too early. */
    LlmException cut(String how) {
        return new LlmTruncatedStreamException(SettingKey.subject(provider) + ": " + how, LlmErrorDetails.of(provider), null);
    }

    /** The exchange broke. */
    LlmException interrupted(LlmException cause, ResponseDecoder decoder) {
        if (cause instanceof LlmTransportException && decoder.partial().isPresent()) {
            return new LlmTruncatedStreamException(cause.getMessage() + ": the answer is cut", cause.details(), cause);
        }
        return cause;
    }

    /** Adds what had arrived. */
    static LlmException withPartial(LlmException failure, ResponseDecoder decoder) {
        if (failure.partial().isEmpty()) {
            decoder.partial().ifPresent(failure::initPartial);
        }
        return failure;
    }
}
