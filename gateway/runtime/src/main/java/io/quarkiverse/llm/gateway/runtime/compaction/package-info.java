/**
 * Makes conversations shorter: what of one is told in a summary and what stays word for word, what the summary is asked for
 * with, and the item that stands for both and that only this gateway can read.
 * <p>
 * Asks nobody itself. May know how content is sealed, how items are shown, and what the core's wire APIs share. Start
 * reading at {@link io.quarkiverse.llm.gateway.runtime.compaction.Cut} and
 * {@link io.quarkiverse.llm.gateway.runtime.compaction.Compacted}.
 */
package io.quarkiverse.llm.gateway.runtime.compaction;
