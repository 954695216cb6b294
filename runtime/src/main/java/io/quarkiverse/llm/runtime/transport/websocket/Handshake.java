package io.quarkiverse.llm.runtime.transport.websocket;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.llm.runtime.config.Endpoint;
import io.quarkiverse.llm.runtime.config.FramingHeaders;
import io.quarkiverse.llm.runtime.config.TimeLimits;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.vertx.core.http.WebSocketConnectOptions;

/**
 * What a connection is asked for with: path and credentials. Requests of another one get connections of their own.
 *
 * @param headers names in lower case
 */
record Handshake(String target, Map<String, String> headers) {

    /** They are about bodies, and there is none. */
    private static final Set<String> OF_BODIES = Set.of("content-type", "accept", "accept-encoding");
    private static final String OF_PROTOCOL = "sec-websocket-";

    static Handshake of(OutgoingRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OF_BODIES.contains(lower) && !FramingHeaders.contains(lower) && !lower.startsWith(OF_PROTOCOL)) {
                headers.put(lower, value);
            }
        });
        return new Handshake(request.target(), headers);
    }

    /**
     * How Vert.x asks for it.
     *
     * @throws IllegalArgumentException for what cannot be sent; Vert.x itself would say nothing and wait
     */
    WebSocketConnectOptions options(Endpoint endpoint, TimeLimits limits) {
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost(endpoint.host()).setPort(endpoint.port()).setSsl(endpoint.tls());
        options.setURI(URI.create(target).toString()).setAllowOriginHeader(false);
        options.setTimeout(limits.connect().toMillis());
        headers.forEach(options::addHeader);
        return options;
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        int query = target.indexOf('?');
        return "WebSocket " + (query < 0 ? target : target.substring(0, query));
    }
}
