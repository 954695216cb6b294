/**
 * The form of messages on the wire: the names and values of headers, the JSON of payloads.
 * <p>
 * May know the core's JSON form. Start reading at {@link io.quarkiverse.llm.messaging.runtime.contract.MessageCodec}.
 */
package io.quarkiverse.llm.messaging.runtime.contract;
