package io.quarkiverse.llm.runtime.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How the connections to a server are made and kept.
 *
 * @param maxConcurrentRequests exchanges under way at a time; over HTTP/1.1 each has a connection
 * @param maxQueuedRequests further requests that wait for room
 * @param keepAlive how long an idle connection is kept
 * @param http2 whether HTTP/2 is negotiated over TLS; clear text is always HTTP/1.1
 * @param tlsConfiguration name in the TLS registry
 * @param proxyConfiguration name in the proxy registry
 */
public record ConnectionSettings(int maxConcurrentRequests, int maxQueuedRequests, Duration keepAlive, boolean http2,
        Optional<String> tlsConfiguration, Optional<String> proxyConfiguration) {
}
