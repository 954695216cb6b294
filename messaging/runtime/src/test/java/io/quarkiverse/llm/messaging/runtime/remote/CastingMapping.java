package io.quarkiverse.llm.messaging.runtime.remote;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

import io.quarkiverse.llm.messaging.HeaderMapping;

/** That of an application, which takes each header for text. */
final class CastingMapping implements HeaderMapping {

    record Headers(Map<String, Object> all) {
    }

    @Override
    public String connector() {
        return "casting";
    }

    @Override
    public Optional<UnaryOperator<String>> read(Message<?> message) {
        return message.getMetadata(Headers.class).map(headers -> name -> (String) headers.all().get(name));
    }

    @Override
    public Metadata write(Map<String, String> headers, String key, Optional<String> address) {
        return Metadata.of(new Headers(Map.copyOf(headers)));
    }
}
