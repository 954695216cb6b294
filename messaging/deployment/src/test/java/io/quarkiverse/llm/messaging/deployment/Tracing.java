package io.quarkiverse.llm.messaging.deployment;

import jakarta.enterprise.context.ApplicationScoped;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmRequest;

/** A provider of the application that says which trace and span it is called in. */
@ApplicationScoped
@LlmClient("tracing")
class Tracing extends Parrot {

    @Override
    public String name() {
        return "tracing";
    }

    @Override
    String word(LlmRequest request) {
        SpanContext here = Span.current().getSpanContext();
        return here.getTraceId() + " " + here.getSpanId();
    }
}
