package io.quarkiverse.llm.runtime.provider;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.FramingHeaders;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.TimeLimits;
import io.quarkiverse.llm.runtime.config.preset.KeyHeader;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.wire.ExtraBody;
import io.quarkiverse.llm.runtime.wire.WireCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;

/** Makes requests of HTTP. What is the same in each is made once. */
final class OutgoingRequests {

    private static final byte[] NO_BODY = {};
    /** What stands for an input, or has one. */
    private static final Set<String> QUESTIONS = Set.of("input", "messages", "prompt", "previous_response_id",
            "conversation");
    private static final String EVENTS = "text/event-stream, application/json";

    private final ProviderSettings settings;
    private final KeyHeader keyHeader;
    private final Map<WireApi, String> targets = new EnumMap<>(WireApi.class);
    private final Map<String, String> streamHeaders;
    private final Map<String, String> wholeHeaders;
    private final Map<String, String> queryHeaders;
    private final Map<String, String> queryStreamHeaders;

    OutgoingRequests(ProviderSettings settings, Collection<? extends WireCodec> codecs) {
        this.settings = settings;
        this.keyHeader = settings.quirks().get(Quirk.KEY_HEADER);
        codecs.forEach(codec -> targets.put(codec.api(), settings.endpoint().target(codec.path())));
        this.streamHeaders = headers(EVENTS, true);
        this.wholeHeaders = headers("application/json", true);
        this.queryHeaders = headers("application/json", false);
        this.queryStreamHeaders = headers(EVENTS, false);
    }

    private Map<String, String> headers(String accept, boolean withBody) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (withBody) {
            headers.put("content-type", "application/json");
        }
        headers.put("accept", accept);
        settings.apiKey().ifPresent(key -> headers.put(keyHeader.header(), keyHeader.value(key)));
        settings.organization().ifPresent(organization -> headers.put("openai-organization", organization));
        settings.project().ifPresent(project -> headers.put("openai-project", project));
        settings.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value.reveal()));
        return headers;
    }

    /**
     * @throws LlmBadRequestException when the request asks nothing, or brings what cannot be sent
     */
    OutgoingRequest of(WireCodec codec, LlmRequest request, boolean stream) {
        requireQuestion(request);
        return of(codec, request, stream, codec.encode(request, stream));
    }

    /** Without a body: of a request whose message is made when its connection is known. */
    OutgoingRequest withoutBody(WireCodec codec, LlmRequest request) {
        requireQuestion(request);
        return of(codec, request, true, NO_BODY);
    }

    private OutgoingRequest of(WireCodec codec, LlmRequest request, boolean stream, byte[] body) {
        return new OutgoingRequest("POST", targets.get(codec.api()), headers(request, stream ? streamHeaders : wholeHeaders),
                body, stream, limits(request));
    }

    private TimeLimits limits(LlmRequest request) {
        return request.timeout().map(settings.timeLimits()::withTotal).orElse(settings.timeLimits());
    }

    /**
     * To count the tokens of the input.
     *
     * @throws LlmException when the request asks nothing, or its input cannot be carried
     */
    OutgoingRequest inputTokens(ResponsesCodec codec, LlmRequest request) {
        requireQuestion(request);
        return new OutgoingRequest("POST", settings.endpoint().target(codec.path() + "/input_tokens"),
                headers(request, wholeHeaders), codec.encodeInput(request), false, limits(request));
    }

    private Map<String, String> headers(LlmRequest request, Map<String, String> constant) {
        if (request.apiKey().isEmpty() && request.extraHeaders().isEmpty()) {
            return constant;
        }
        Map<String, String> headers = new LinkedHashMap<>(constant);
        if (request.apiKey().isPresent()) {
            // In place of whatever is configured: Azure refuses two keys.
            for (KeyHeader other : KeyHeader.values()) {
                headers.remove(other.header());
            }
            headers.put(keyHeader.header(), keyHeader.value(request.apiKey().get()));
        }
        request.extraHeaders().forEach((name, value) -> headers.put(allowed(name), value));
        return headers;
    }

    private String allowed(String header) {
        if (FramingHeaders.contains(header)) {
            throw badRequest("the request has a header '" + header
                    + "', which belongs to the connection and cannot be set");
        }
        return header.toLowerCase(Locale.ROOT);
    }

    private LlmBadRequestException badRequest(String problem) {
        return new LlmBadRequestException(SettingKey.subject(settings.name()) + ": " + problem,
                LlmErrorDetails.of(settings.name()));
    }

    private void requireQuestion(LlmRequest request) {
        requireId(request.previousResponseId(), "previousResponseId");
        requireId(request.conversation(), "conversation");
        boolean asks = !request.input().isEmpty() || request.instructions().isPresent()
                || request.previousResponseId().isPresent() || request.conversation().isPresent();
        if (!asks && Collections.disjoint(ExtraBody.of(request, settings).keySet(), QUESTIONS)) {
            throw badRequest("the request has no input: give it a message, as with user(...), or say with previousResponseId "
                    + "what it continues");
        }
    }

    private void requireId(Optional<String> id, String name) {
        if (id.filter(String::isBlank).isPresent()) {
            throw badRequest("the " + name + " of the request is blank: give it an id, or null for none");
        }
    }

    /** About a stored response; with key and headers of the request that it answers. */
    OutgoingRequest stored(String method, String path, LlmRequest of, boolean stream, TimeLimits limits) {
        return new OutgoingRequest(method, settings.endpoint().target(path),
                headers(of, stream ? queryStreamHeaders : queryHeaders), NO_BODY, stream, limits);
    }

    OutgoingRequest models() {
        return new OutgoingRequest("GET", settings.endpoint().target(settings.wire().modelsPath()), queryHeaders, NO_BODY,
                false,
                settings.timeLimits());
    }
}
