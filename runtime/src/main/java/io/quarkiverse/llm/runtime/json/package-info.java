/**
 * What is needed around Jackson's streaming parser and generator, and the one documented JSON form of requests, responses,
 * items and events.
 * <p>
 * May know the public API and Jackson alone. Internal, but used by the gateway and messaging extensions of the same version.
 * Start reading at {@link io.quarkiverse.llm.runtime.json.LlmJacksonModule} for the form, at
 * {@link io.quarkiverse.llm.runtime.json.JsonFields} for reading any JSON.
 */
package io.quarkiverse.llm.runtime.json;
