package io.quarkiverse.llm.runtime.transport;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;

/**
 * What an answer begins with.
 *
 * @param version as in a status line, {@code HTTP/1.1}
 * @param headers names in lower case; several values of a name are joined
 */
public record Head(String version, int status, Map<String, String> headers) {

    static Head of(HttpClientResponse response) {
        String version = response.version() == HttpVersion.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
        return new Head(version, response.statusCode(), headers(response.headers()));
    }

    /** As they are in a head. */
    public static Map<String, String> headers(MultiMap received) {
        Map<String, String> headers = new LinkedHashMap<>();
        received.forEach((name, value) -> headers.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + ", " + b));
        return headers;
    }

    /** In lower case; empty for none. */
    String contentType() {
        return headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
    }

    /**
     * @param asked whether an event stream was asked for
     */
    boolean mayBeEvents(boolean asked) {
        return status / 100 == 2 && (asked || contentType().contains("text/event-stream"));
    }
}
