package io.quarkiverse.llm.runtime.transport;

import java.util.Map;

import io.quarkiverse.llm.runtime.config.TimeLimits;

/**
 * @param method of HTTP
 * @param target path and query
 * @param headers all of them but those of the connection
 * @param body JSON; empty for none
 * @param stream whether an event stream is asked for: only then do the limits for first event and idle time hold
 */
public record OutgoingRequest(String method, String target, Map<String, String> headers, byte[] body, boolean stream,
        TimeLimits limits) {

    /** Without what may be secret: query, headers and body. */
    @Override
    public String toString() {
        int query = target.indexOf('?');
        return method + " " + (query < 0 ? target : target.substring(0, query));
    }
}
