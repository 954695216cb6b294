/**
 * Server-sent events over bytes: an incremental reader and a writer, after the WHATWG HTML standard, 9.2 "Server-sent
 * events".
 * <p>
 * Knows nothing of this project and nothing of any network library. Start reading at
 * {@link io.quarkiverse.llm.runtime.sse.SseReader}.
 */
package io.quarkiverse.llm.runtime.sse;
