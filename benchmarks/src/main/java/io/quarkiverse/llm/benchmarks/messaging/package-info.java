/**
 * Requests that go over Kafka: what the hop adds to each event, beside what Kafka takes by itself, and what further workers
 * bring. The application is in {@code benchmarks/fleet}. Start reading at
 * {@link io.quarkiverse.llm.benchmarks.messaging.Messaging}.
 */
package io.quarkiverse.llm.benchmarks.messaging;
