package io.quarkiverse.llm;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The setters of a request that concern how it is sent, and no model gets to see. */
abstract sealed class ExchangeBuilder<B extends ExchangeBuilder<B>> extends ConversationBuilder<B>
        permits LlmRequest.Builder {

    final Map<String, String> extraHeaders = new LinkedHashMap<>();
    Secret apiKey;
    Duration timeout;

    /** Sets a header of this request alone. */
    public final B extraHeader(String name, String value) {
        extraHeaders.put(name, Objects.requireNonNull(value, "value"));
        return self();
    }

    /** {@link LlmRequest#apiKey()}. */
    public final B apiKey(Secret apiKey) {
        this.apiKey = apiKey;
        return self();
    }

    /** {@link LlmRequest#timeout()}. */
    public final B timeout(Duration timeout) {
        this.timeout = timeout;
        return self();
    }
}
