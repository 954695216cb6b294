package io.quarkiverse.llm.messaging.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Message;

import io.quarkiverse.llm.messaging.HeaderMapping;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelPlan;
import io.quarkiverse.llm.messaging.runtime.channel.ReceivedMessage;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;

/** Headers as those of Kafka's records. */
@ApplicationScoped
public class KafkaHeaders implements HeaderMapping {

    @Override
    public String connector() {
        return ChannelPlan.KAFKA;
    }

    @Override
    public Optional<UnaryOperator<String>> read(Message<?> message) {
        IncomingKafkaRecordMetadata<?, ?> metadata = message.getMetadata().get(IncomingKafkaRecordMetadata.class).orElse(null);
        return metadata == null ? Optional.empty() : Optional.of(name -> text(metadata.getHeaders(), name));
    }

    /** For the log: whose record it is, as far as its headers say so, after what else there is to say of it. */
    static String whose(IncomingKafkaRecord<?, ?> record) {
        return ReceivedMessage.correlationIdIn(name -> text(record.getHeaders(), name))
                .map(id -> ", the request '" + id + "',").orElse("");
    }

    private static String text(Headers headers, String name) {
        Header header = headers == null ? null : headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    /** Known with the commit strategy of requests; of others, 0. */
    @Override
    public int earlierAttempts(Message<?> message) {
        return message.getMetadata().get(KafkaDelivery.class).map(KafkaDelivery::earlier).orElse(0);
    }

    /** Counted with the commit strategy of requests, unless the partition has another owner or is about to get one. */
    @Override
    public boolean begins(Message<?> message) {
        return message.getMetadata().get(KafkaDelivery.class).map(KafkaDelivery::begins).orElse(true);
    }

    /** With the commit strategy of requests, when the partition is revoked. */
    @Override
    public void whenRevoked(Message<?> message, Consumer<Revocation> told) {
        message.getMetadata().get(KafkaDelivery.class).ifPresent(delivery -> delivery.whenRevoked(told));
    }

    /** With the commit strategy of requests, the partition does not wait for it when it goes to its next owner. */
    @Override
    public void givesBack(Message<?> message) {
        message.getMetadata().get(KafkaDelivery.class).ifPresent(KafkaDelivery::givesBack);
    }

    /** With the commit strategy of requests it is handed out again after a while, as long as the partition stays. */
    @Override
    public void unconcluded(Message<?> message) {
        message.getMetadata().get(KafkaDelivery.class).ifPresent(KafkaDelivery::comesAgain);
    }

    @Override
    public Object write(Map<String, String> headers, String key, Optional<String> address) {
        RecordHeaders written = new RecordHeaders();
        headers.forEach((name, value) -> written.add(name, value.getBytes(UTF_8)));
        OutgoingKafkaRecordMetadata.OutgoingKafkaRecordMetadataBuilder<String> metadata = OutgoingKafkaRecordMetadata
                .<String> builder().withKey(key).withHeaders(written);
        address.ifPresent(metadata::withTopic);
        return metadata.build();
    }
}
