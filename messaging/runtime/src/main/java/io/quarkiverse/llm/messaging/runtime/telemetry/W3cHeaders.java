package io.quarkiverse.llm.messaging.runtime.telemetry;

import java.util.HashMap;
import java.util.Map;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;

/** The headers of the contract that tell the trace. */
final class W3cHeaders {

    // the contract has these headers, whatever propagators the application has besides
    private static final TextMapPropagator HEADERS = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {

        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public String get(Map<String, String> headers, String name) {
            return headers.get(name);
        }
    };

    private W3cHeaders() {
    }

    static Map<String, String> ofCurrentContext() {
        Map<String, String> headers = new HashMap<>();
        HEADERS.inject(Context.current(), headers, Map::put);
        return headers;
    }

    static Context context(Map<String, String> headers) {
        return HEADERS.extract(Context.root(), headers, GETTER);
    }
}
