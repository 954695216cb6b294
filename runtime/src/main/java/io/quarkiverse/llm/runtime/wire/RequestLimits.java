package io.quarkiverse.llm.runtime.wire;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.runtime.config.SettingKey;

/** What a wire API cannot carry is refused by name before anything is sent. */
public abstract class RequestLimits {

    private final String provider;
    private final String api;

    /**
     * @param api as it stands in a sentence
     */
    protected RequestLimits(String provider, String api) {
        this.provider = provider;
        this.api = api;
    }

    /**
     * What the request asks for and this wire API has no word for, in order and as lazily as it is asked for.
     *
     * @param others the top-level fields that the extra body writes
     */
    protected abstract Stream<String> missing(LlmRequest request, Set<String> others);

    /** What ends the sentence that refuses the feature. */
    protected String mend(String feature, LlmRequest request) {
        return "";
    }

    /** The first such feature. */
    public final Optional<String> unsupported(LlmRequest request, Set<String> others) {
        return missing(request, others).findFirst();
    }

    /** Throws what speaks against sending the request. */
    public void check(LlmRequest request, Map<String, RawJson> extraBody) {
        unsupported(request, extraBody.keySet()).ifPresent(feature -> refuse(feature, request));
        boolean tools = !request.tools().isEmpty() || extraBody.containsKey("tools");
        if (!tools && request.toolChoice().filter(RequestLimits::needsTools).isPresent()) {
            throw badRequest("The request demands a tool call, but offers no tools");
        }
        if (extraBody.containsKey("stream")) {
            throw badRequest("extra-body must not set stream: stream() and complete() decide that");
        }
    }

    protected final void refuse(String feature, LlmRequest request) {
        throw new LlmUnsupportedException(provider, feature, SettingKey.subject(provider) + " speaks " + api
                + ", which does not support " + feature + mend(feature, request));
    }

    /**
     * @param missing tools that may be chosen but are not offered
     */
    final void checkChosen(Set<ToolChoice.Named> missing) {
        if (!missing.isEmpty()) {
            throw badRequest("The request chooses a tool that it does not offer: "
                    + missing.stream().map(RequestLimits::name).collect(Collectors.joining(", ")));
        }
    }

    private static String name(ToolChoice.Named choice) {
        if (choice instanceof ToolChoice.Function function) {
            return function.name();
        } else if (choice instanceof ToolChoice.Custom custom) {
            return custom.name();
        }
        return choice instanceof ToolChoice.Opaque opaque ? opaque.json().text() : choice.toString();
    }

    private static boolean needsTools(ToolChoice choice) {
        return choice instanceof ToolChoice.Named || choice == ToolChoice.REQUIRED
                || choice instanceof ToolChoice.Allowed allowed && allowed.mode() == ToolChoice.Mode.REQUIRED;
    }

    /** Nothing, or the feature when it is asked for. */
    protected static Stream<String> when(boolean asked, String feature) {
        return asked ? Stream.of(feature) : Stream.empty();
    }

    protected final LlmBadRequestException badRequest(String problem) {
        return new LlmBadRequestException(SettingKey.subject(provider) + ": " + problem, LlmErrorDetails.of(provider));
    }
}
