/**
 * Shows that work leaves nothing behind: no buffer, object, thread or timer. Start reading at
 * {@link io.quarkiverse.llm.runtime.leaks.Leaks}. Knows nothing of ours.
 */
package io.quarkiverse.llm.runtime.leaks;
