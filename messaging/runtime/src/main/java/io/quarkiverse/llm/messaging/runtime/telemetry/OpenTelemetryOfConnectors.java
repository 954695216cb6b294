package io.quarkiverse.llm.messaging.runtime.telemetry;

import java.util.Optional;

import jakarta.inject.Singleton;

import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.channel.ConnectorTrace;
import io.smallrye.reactive.messaging.TracingMetadata;

/** Has the spans of connectors below those that the headers of their messages name. */
@Singleton
public class OpenTelemetryOfConnectors implements ConnectorTrace {

    @Override
    public Optional<Object> metadata(MessageHeaders headers) {
        return headers.trace().isEmpty() ? Optional.empty()
                : Optional.of(TracingMetadata.withCurrent(W3cHeaders.context(headers.trace())));
    }
}
