/**
 * Finds what contradicts itself: names that are claimed twice, settings without an effect, settings that exclude each
 * other. One rule a class, one report for all.
 * <p>
 * May know the public API and the configuration. Start reading at {@link io.quarkiverse.llm.runtime.conflict.ConflictCheck}; a
 * rule of your own is a {@link io.quarkiverse.llm.runtime.conflict.ConflictRule} in
 * {@link io.quarkiverse.llm.runtime.conflict.ConflictRules}.
 */
package io.quarkiverse.llm.runtime.conflict;
