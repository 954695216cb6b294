package io.quarkiverse.llm.runtime.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.config.preset.Quirks;

/**
 * Everything one provider needs to know, resolved and immutable: an exchange that has begun keeps the settings it began
 * with.
 *
 * @param name of the provider
 * @param headers sent with each request
 * @param options for requests that do not say otherwise
 * @param extraBody top-level fields of each request body, in this order; those of a request win over them
 * @param quirks how the server wants things
 * @param capabilities what is configured of them or known of such servers
 * @param webSocket how WebSockets are made and kept, where they are used
 * @param recordDirectory where exchanges are recorded
 */
public record ProviderSettings(String name, Endpoint endpoint, Optional<Secret> apiKey, Optional<String> organization,
        Optional<String> project, Optional<String> model, Map<String, Secret> headers, Map<String, RawJson> extraBody,
        GenerationOptions options, WireSettings wire, Quirks quirks,
        LlmCapabilities capabilities, TimeLimits timeLimits, SizeLimits sizeLimits, ConnectionSettings connections,
        WebSocketSettings webSocket, boolean logRequests, boolean logResponses, Optional<Path> recordDirectory) {

    public ProviderSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(endpoint, "endpoint");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        // In the order given, so that the same request has the same bytes in each run.
        extraBody = Collections.unmodifiableMap(new LinkedHashMap<>(extraBody));
    }

    /** The same under another name. */
    public ProviderSettings withName(String name) {
        return new ProviderSettings(name, endpoint, apiKey, organization, project, model, headers, extraBody, options, wire,
                quirks, capabilities, timeLimits, sizeLimits, connections, webSocket, logRequests, logResponses,
                recordDirectory);
    }

    /** The same with another way to speak. */
    public ProviderSettings withWire(WireSettings wire) {
        return new ProviderSettings(name, endpoint, apiKey, organization, project, model, headers, extraBody, options, wire,
                quirks, capabilities, timeLimits, sizeLimits, connections, webSocket, logRequests, logResponses,
                recordDirectory);
    }

    /** Nothing that may be secret. */
    @Override
    public String toString() {
        return name + " at " + endpoint;
    }
}
