/**
 * How values of the configuration are written: constants with names, yes and no, and what somebody may have meant who misspelt
 * one. Knows nothing of ours. Start reading at {@link io.quarkiverse.llm.runtime.config.value.NamedValue}.
 */
package io.quarkiverse.llm.runtime.config.value;
