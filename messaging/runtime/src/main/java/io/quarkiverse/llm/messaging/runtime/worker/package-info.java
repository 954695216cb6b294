/**
 * The engine of workers: takes requests, has a provider answer them and sends what it says.
 * <p>
 * May know {@code .config} and {@code .channel}. Start reading at {@link io.quarkiverse.llm.messaging.runtime.worker.Worker}.
 */
package io.quarkiverse.llm.messaging.runtime.worker;
