package io.quarkiverse.llm.messaging.runtime.telemetry;

import java.util.Map;

import jakarta.inject.Singleton;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.remote.TraceHeaders;
import io.quarkiverse.llm.messaging.runtime.worker.TraceContext;

/** Puts the current span into requests, and has each attempt to answer one as a span below it. */
@Singleton
public class OpenTelemetryTraces implements TraceHeaders, TraceContext {

    private final Tracer tracer;

    OpenTelemetryTraces(OpenTelemetry openTelemetry) {
        tracer = openTelemetry.getTracer("io.quarkiverse.llm.messaging");
    }

    @Override
    public Map<String, String> current() {
        return W3cHeaders.ofCurrentContext();
    }

    /** Stays current: nobody else has the attempt's Vert.x context, where Quarkus keeps it. */
    @Override
    public Ended attach(MessageHeaders attempt) {
        Context parent = W3cHeaders.context(attempt.trace());
        Span span = tracer.spanBuilder("process llm request").setParent(parent).setSpanKind(SpanKind.CONSUMER)
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.message.conversation_id", attempt.correlationId())
                .setAttribute("messaging.client.id", attempt.worker().orElse(""))
                .setAttribute("llm.attempt", attempt.attempt())
                .startSpan();
        parent.with(span).makeCurrent();
        return failure -> {
            if (failure != null) {
                span.setStatus(StatusCode.ERROR).setAttribute("error.type", failure.getClass().getName());
            }
            span.end();
        };
    }
}
