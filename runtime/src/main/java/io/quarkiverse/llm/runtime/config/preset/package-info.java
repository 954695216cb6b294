/**
 * What is known of kinds of servers: where they are, what they can do, and the quirks in which they differ, each with its
 * source. Knows the API and how values are written. Start reading at
 * {@link io.quarkiverse.llm.runtime.config.preset.Preset}.
 */
package io.quarkiverse.llm.runtime.config.preset;
