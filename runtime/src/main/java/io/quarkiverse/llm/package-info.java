/**
 * The public API: providers, requests, items, events, responses and errors.
 * <p>
 * Everything here is immutable unless it says otherwise, takes and returns no {@code null}, and knows nothing of how a
 * provider is reached. Start reading at {@link io.quarkiverse.llm.LlmProvider}.
 */
package io.quarkiverse.llm;
