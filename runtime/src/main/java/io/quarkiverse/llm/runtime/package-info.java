/**
 * Puts settings, codecs, transports and providers together when an application starts, and hands them to its beans.
 * <p>
 * May know everything of the extension; nothing knows it but the build. Start reading at
 * {@link io.quarkiverse.llm.runtime.LlmRecorder}.
 */
package io.quarkiverse.llm.runtime;
