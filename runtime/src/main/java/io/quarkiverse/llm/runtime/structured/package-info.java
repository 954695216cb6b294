/**
 * Structured output: Java types as the form of answers. Makes the JSON schema of a type as far as strict servers take it, finds
 * the JSON in an answer, checks it and binds it with Jackson.
 * <p>
 * Knows the API, which reaches it as a service, and the sentences of {@code config}. Start reading at
 * {@link io.quarkiverse.llm.runtime.structured.StructuredOutput}.
 */
package io.quarkiverse.llm.runtime.structured;
