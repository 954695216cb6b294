package io.quarkiverse.llm.runtime.transport;

import java.time.Duration;
import java.util.Map;

import io.quarkiverse.llm.runtime.config.Endpoint;
import io.quarkiverse.llm.runtime.config.TimeLimits;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/**
 * @param method of HTTP
 * @param target path and query
 * @param headers all of them but those of the connection
 * @param body JSON; empty for none
 * @param stream whether an event stream is asked for: only then do the limits for first event and idle time hold
 * @param spent what earlier attempts took of the total limit
 */
public record OutgoingRequest(String method, String target, Map<String, String> headers, byte[] body, boolean stream,
        TimeLimits limits, Duration spent) {

    /** The first attempt. */
    public OutgoingRequest(String method, String target, Map<String, String> headers, byte[] body, boolean stream,
            TimeLimits limits) {
        this(method, target, headers, body, stream, limits, Duration.ZERO);
    }

    /** The same, as another attempt. */
    public OutgoingRequest after(Duration spent) {
        return new OutgoingRequest(method, target, headers, body, stream, limits, spent);
    }

    /** Without what may be secret: query, headers and body. */
    @Override
    public String toString() {
        int query = target.indexOf('?');
        return method + " " + (query < 0 ? target : target.substring(0, query));
    }

    /** How Vert.x sends it there. A redirect would take the key along. */
    RequestOptions options(Endpoint endpoint) {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.valueOf(method)).setHost(endpoint.host())
                .setPort(endpoint.port()).setSsl(endpoint.tls()).setURI(target).setFollowRedirects(false);
        headers.forEach(options::addHeader);
        return options;
    }
}
