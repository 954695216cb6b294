/**
 * How much each caller may ask for, and how much it has.
 * <p>
 * May know who the callers are, and nothing of requests. Start reading at
 * {@link io.quarkiverse.llm.gateway.runtime.limits.Limits}.
 */
package io.quarkiverse.llm.gateway.runtime.limits;
