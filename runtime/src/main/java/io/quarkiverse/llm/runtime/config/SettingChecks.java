package io.quarkiverse.llm.runtime.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.Quirks;
import io.quarkiverse.llm.runtime.config.preset.QuirksConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.json.Json;

/** Reads the settings of one provider and refuses what cannot work, with a sentence that names key and mend. */
record SettingChecks(String provider) {

    /** A token of RFC 9110, section 5.6.2. */
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    /** A field value of RFC 9110, section 5.5, without the obsolete bytes above ASCII. */
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

    /** A path of RFC 3986, section 3.3, with a query. */
    private static final Pattern TARGET = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*");

    /** A stream that nobody asked for as one would not come. */
    private static final List<String> NEEDED_FIELDS = List.of("messages", "input", "stream");

    private static final List<String> REQUESTS_OWN = List.of("messages", "input", "stream");

    Endpoint endpoint(String key, String url, Map<String, Secret> queryParameters, Optional<Preset> preset) {
        try {
            return Endpoint.of(url, new TreeMap<>(queryParameters), preset);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(key + ": " + e.getMessage());
        }
    }

    /** White space around a key comes from the file it was pasted from and is dropped. */
    Optional<Secret> apiKey(Optional<Secret> configured) {
        Optional<Secret> key = configured.map(secret -> Secret.of(secret.reveal().strip()))
                .filter(secret -> !secret.reveal().isEmpty());
        if (key.isPresent() && !HEADER_VALUE.matcher(key.get().reveal()).matches()) {
            throw wrong("api-key", "holds characters that no HTTP header can carry: paste it again");
        }
        return key;
    }

    Map<String, Secret> headers(Map<String, Secret> headers) {
        headers.forEach((name, value) -> {
            if (!HEADER_NAME.matcher(name).matches()) {
                throw wrong("headers", "has '" + name + "', which is no name of an HTTP header");
            }
            if (FramingHeaders.contains(name)) {
                throw wrong("headers", "has '" + name + "', which belongs to the connection and cannot be set");
            }
            if (!HEADER_VALUE.matcher(value.reveal()).matches()) {
                throw wrong("headers." + name, "holds characters that no HTTP header can carry, such as line ends");
            }
        });
        return headers;
    }

    String path(String member, String path) {
        if (path.contains("://")) {
            throw wrong(member, "must be a path, not a URL: the server is said by base-url");
        }
        String target = path.strip();
        if (!TARGET.matcher(target).matches()) {
            throw wrong(member, "is '" + target + "', which has characters that no URL can hold: percent-encode them");
        }
        return target;
    }

    /** What belongs to each request cannot be the same for all. */
    Map<String, Secret> extraBody(Map<String, Secret> fields) {
        for (String field : REQUESTS_OWN) {
            if (fields.containsKey(field)) {
                throw wrong("extra-body", "has '" + field + "', which each request says itself: remove it");
            }
        }
        return fields;
    }

    void omittedFields(QuirksConfig quirks) {
        List<String> names = quirks.omittedFields().orElse(List.of()).stream().map(String::strip)
                .filter(name -> !name.isEmpty()).toList();
        if (names.size() > 1 && names.contains(Quirk.NO_NAMES)) {
            throw wrong("quirks.omitted-fields", "has '" + Quirk.NO_NAMES + "' beside other names: remove one or the other");
        }
    }

    Quirks quirks(Quirks quirks) {
        for (String field : NEEDED_FIELDS) {
            if (quirks.get(Quirk.OMITTED_FIELDS).contains(field)) {
                throw wrong("quirks.omitted-fields", "has '" + field + "', without which there is no request");
            }
        }
        return quirks;
    }

    GenerationOptions options(LlmProviderConfig config) {
        config.maxOutputTokens().ifPresent(tokens -> atLeast("max-output-tokens", tokens, 1));
        return GenerationOptions.builder()
                .temperature(config.temperature().orElse(null))
                .topP(config.topP().orElse(null))
                .presencePenalty(config.presencePenalty().orElse(null))
                .frequencyPenalty(config.frequencyPenalty().orElse(null))
                .seed(config.seed().orElse(null))
                .stop(config.stop().orElse(List.of()))
                .maxOutputTokens(config.maxOutputTokens().orElse(null))
                .parallelToolCalls(config.parallelToolCalls().orElse(null))
                .reasoningEffort(config.reasoningEffort().orElse(null))
                .reasoningSummary(config.reasoningSummary().orElse(null))
                .verbosity(config.verbosity().orElse(null))
                .build();
    }

    TimeLimits timeLimits(LlmProviderConfig config) {
        return new TimeLimits(positive("connect-timeout", config.connectTimeout()),
                positive("acquire-timeout", config.acquireTimeout()),
                positive("first-event-timeout", config.firstEventTimeout()),
                positive("idle-timeout", config.idleTimeout()),
                config.timeout().map(timeout -> positive("timeout", timeout)));
    }

    SizeLimits sizeLimits(LlmProviderConfig config) {
        return new SizeLimits(bytes("max-event-size", config.maxEventSize()),
                bytes("max-response-size", config.maxResponseSize()));
    }

    ConnectionSettings connections(LlmProviderConfig config) {
        atLeast("max-concurrent-requests", config.maxConcurrentRequests(), 1);
        atLeast("max-queued-requests", config.maxQueuedRequests(), 0);
        return new ConnectionSettings(config.maxConcurrentRequests(), config.maxQueuedRequests(),
                positive("keep-alive-timeout", config.keepAliveTimeout()), config.http2(), config.tlsConfigurationName(),
                config.proxyConfigurationName());
    }

    WebSocketSettings webSocket(WebSocketConfig config) {
        atLeast("websocket.max-connections", config.maxConnections(), 1);
        atLeast("websocket.max-queued-bytes", config.maxQueuedBytes().asLongValue(), 0);
        if (config.pingInterval().isNegative()) {
            throw wrong("websocket.ping-interval",
                    "is " + config.pingInterval() + ", but must not be negative: 0s for no pings");
        }
        return new WebSocketSettings(config.maxConnections(), config.maxQueuedBytes().asLongValue(),
                positive("websocket.max-lifetime", config.maxLifetime()),
                positive("websocket.idle-timeout", config.idleTimeout()), config.pingInterval(),
                bytes("websocket.max-message-size", config.maxMessageSize()));
    }

    Optional<Path> recordDirectory(Optional<Path> directory) {
        directory.filter(path -> Files.exists(path) && !Files.isDirectory(path)).ifPresent(path -> {
            throw wrong("record.directory",
                    "is " + path + ", which is a file: name a directory, it is made where it is missing");
        });
        return directory;
    }

    /** A value that is JSON is that; anything else is a string. */
    static RawJson json(String value) {
        try {
            return RawJson.of(value);
        } catch (IllegalArgumentException e) {
            return RawJson.verbatim(Json.encode(value));
        }
    }

    private Duration positive(String member, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw wrong(member, "is " + value + ", but must be longer than nothing");
        }
        return value;
    }

    private void atLeast(String member, long value, long least) {
        if (value < least) {
            throw wrong(member, "is " + value + ", but must be at least " + least);
        }
    }

    private int bytes(String member, MemorySize size) {
        long bytes = size.asLongValue();
        atLeast(member, bytes, 1);
        if (bytes > Integer.MAX_VALUE) {
            throw wrong(member, "must be less than 2G");
        }
        return (int) bytes;
    }

    private ConfigurationException wrong(String member, String what) {
        return new ConfigurationException(new SettingKey(provider, member) + " " + what);
    }
}
