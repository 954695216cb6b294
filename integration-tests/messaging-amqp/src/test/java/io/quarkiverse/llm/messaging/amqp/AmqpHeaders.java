package io.quarkiverse.llm.messaging.amqp;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.quarkiverse.llm.messaging.HeaderMapping;
import io.smallrye.reactive.messaging.amqp.IncomingAmqpMetadata;
import io.smallrye.reactive.messaging.amqp.OutgoingAmqpMetadata;
import io.vertx.core.json.JsonObject;

/** Headers as properties of the message, and its key as its group, which the broker gives to one reader at a time. */
@Alternative
@ApplicationScoped
class AmqpHeaders implements HeaderMapping {

    @Override
    public String connector() {
        return "smallrye-amqp";
    }

    @Override
    public Optional<UnaryOperator<String>> read(Message<?> message) {
        return message.getMetadata(IncomingAmqpMetadata.class).map(metadata -> name -> property(metadata, name));
    }

    private static String property(IncomingAmqpMetadata metadata, String name) {
        JsonObject properties = metadata.getProperties();
        return properties == null ? null : properties.getString(name);
    }

    @Override
    public int earlierAttempts(Message<?> message) {
        return message.getMetadata(IncomingAmqpMetadata.class).map(IncomingAmqpMetadata::getDeliveryCount).orElse(0);
    }

    @Override
    public Object write(Map<String, String> headers, String key, Optional<String> address) {
        JsonObject properties = new JsonObject();
        headers.forEach(properties::put);
        return OutgoingAmqpMetadata.builder().withGroupId(key).withApplicationProperties(properties).build();
    }
}
