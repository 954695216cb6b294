/**
 * Workers and remote providers over AMQP 1.0, with a real broker in this process. Start reading at
 * {@link io.quarkiverse.llm.messaging.amqp.AmqpTest}.
 */
package io.quarkiverse.llm.messaging.amqp;
