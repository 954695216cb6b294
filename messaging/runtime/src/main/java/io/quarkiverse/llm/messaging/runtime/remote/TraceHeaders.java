package io.quarkiverse.llm.messaging.runtime.remote;

import java.util.Map;

/** Gets the context of the current trace into requests. Called on the subscriber's thread, for each request. */
@FunctionalInterface
public interface TraceHeaders {

    /** There is no trace. */
    TraceHeaders NONE = Map::of;

    /** By the names of the W3C: {@code traceparent}, {@code tracestate}. Empty outside of a trace. */
    Map<String, String> current();
}
