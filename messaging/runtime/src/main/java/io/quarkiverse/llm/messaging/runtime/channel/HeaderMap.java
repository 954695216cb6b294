package io.quarkiverse.llm.messaging.runtime.channel;

import java.util.Map;

/** The headers of a message that stays in the application. */
public record HeaderMap(Map<String, String> headers) {

    public HeaderMap {
        headers = Map.copyOf(headers);
    }
}
