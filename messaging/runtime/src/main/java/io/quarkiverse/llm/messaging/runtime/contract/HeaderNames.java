package io.quarkiverse.llm.messaging.runtime.contract;

import java.util.List;

/** What headers are called on the wire. Values are text. */
public final class HeaderNames {

    public static final String VERSION = "llm-version";
    public static final String TYPE = "llm-type";
    public static final String CORRELATION_ID = "llm-correlation-id";
    public static final String CONVERSATION = "llm-conversation";
    public static final String IDEMPOTENCY_KEY = "llm-idempotency-key";
    public static final String REPLY_TO = "llm-reply-to";
    /** ISO 8601, in UTC. */
    public static final String DEADLINE = "llm-deadline";
    public static final String ATTEMPT = "llm-attempt";
    public static final String WORKER = "llm-worker";
    public static final String SEQUENCE = "llm-sequence";
    /** Of a dead letter. */
    public static final String REASON = "llm-reason";

    /** As the W3C calls them. */
    public static final List<String> TRACE = List.of("traceparent", "tracestate");

    private HeaderNames() {
    }
}
