package io.quarkiverse.llm.runtime.transport;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.vertx.core.http.HttpClientResponse;

/**
 * What an answer begins with.
 *
 * @param headers names in lower case; several values of a name are joined
 */
record Head(int status, Map<String, String> headers) {

    static Head of(HttpClientResponse response) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers()
                .forEach((name, value) -> headers.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + ", " + b));
        return new Head(response.statusCode(), headers);
    }

    /**
     * @param asked whether an event stream was asked for
     */
    boolean mayBeEvents(boolean asked) {
        return status / 100 == 2
                && (asked || headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT).contains("text/event-stream"));
    }
}
