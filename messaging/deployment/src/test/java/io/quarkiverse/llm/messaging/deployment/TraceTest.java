package io.quarkiverse.llm.messaging.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;

/** A worker and a remote provider of one name in one application, with OpenTelemetry. */
class TraceTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Parrot.class, Tracing.class))
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-opentelemetry", Version.getVersion())))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("quarkus.otel.traces.exporter", "none")
            .overrideConfigKey("quarkus.llm-messaging.workers.pool.provider", "tracing")
            .overrideConfigKey("quarkus.llm-messaging.remotes.pool.timeout", "1m");

    @Inject
    @LlmClient("pool")
    LlmProvider pool;
    @Inject
    Tracer tracer;
    @Inject
    Config config;

    @Test
    void theProviderOfTheWorkerIsCalledInTheTraceOfTheCaller() {
        Span span = tracer.spanBuilder("caller").startSpan();
        String said;
        try (Scope scope = span.makeCurrent()) {
            said = pool.completeAndAwait(LlmRequest.of("Where are we?")).text();
        } finally {
            span.end();
        }

        assertThat(said).startsWith(span.getSpanContext().getTraceId() + " ").doesNotContain(span.getSpanContext().getSpanId());
    }

    @Test
    void everythingIsTiedInTheProcess() {
        assertThat(config.getPropertyNames()).noneMatch(name -> name.startsWith("mp.messaging.")
                && (name.contains("pool-requests") || name.contains("pool-cancels") || name.contains("pool-events")));
    }
}
