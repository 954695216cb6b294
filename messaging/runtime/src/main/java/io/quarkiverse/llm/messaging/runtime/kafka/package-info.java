/**
 * What only Kafka has: headers of records, offsets, consumer groups. Its beans are only there where Kafka's connector is.
 * <p>
 * May know {@code .channel}. Start reading at {@link io.quarkiverse.llm.messaging.runtime.kafka.KafkaHeaders}.
 */
package io.quarkiverse.llm.messaging.runtime.kafka;
