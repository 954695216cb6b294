/**
 * The way between the channels of Reactive Messaging and messages of the contract.
 * <p>
 * May know {@code .config} and {@code .contract}. Start reading at
 * {@link io.quarkiverse.llm.messaging.runtime.channel.MessageMapper}.
 */
package io.quarkiverse.llm.messaging.runtime.channel;
